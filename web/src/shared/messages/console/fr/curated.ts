import { count } from "../../fr/count";
import type { ConsoleTexts } from "../text";

export const curated: ConsoleTexts["curated"] = {
  title: "Réponses de référence",
  about:
    "Les questions auxquelles vous avez répondu une fois pour toutes. Quiconque en pose une, ou une proche, reçoit exactement cette réponse dès le prochain message. Aucun entraînement n’est nécessaire.",
  tabs: { answers: "Réponses", history: "Historique" },
  tabsLabel: "Parties des réponses de référence",
  add: "Nouvelle réponse",
  import: "Importer un tableau…",
  exportLabel: "Exporter",
  exports: { csv: "Exporter en CSV", xlsx: "Exporter pour Excel" },

  // The table.
  table: "Réponses de référence",
  search: "Rechercher",
  searchHint: "Mots d’une question ou d’une réponse",
  stateLabel: "Afficher",
  states: {
    active: "En vigueur",
    expiring: "Expirent d’ici 30 jours",
    expired: "Expirées",
    coming: "Pas encore commencées",
    retired: "Retirées",
    all: "Toutes",
  },
  question: "Question",
  more: (n: number) =>
    count(n, {
      one: "et # autre façon de demander",
      many: "et # d’autres façons de demander",
      other: "et # autres façons de demander",
    }),
  answer: "Réponse",
  ends: "Expire",
  changed: "Modifiée",
  by: (who: string) => `par ${who}`,
  sortBy: (column: string) => `Trier par\u00a0: ${column}`,
  total: (n: number) => count(n, { one: "# réponse", many: "# de réponses", other: "# réponses" }),
  badges: { expired: "expirée", expiring: "expire bientôt", coming: "pas encore", retired: "retirée" },
  emptyTitle: "Pas encore de réponse de référence",
  emptyText:
    "Écrivez la première pour une question posée souvent, ou importez le tableau que vous avez : deux colonnes, question et réponse, suffisent.",
  noneTitle: "Aucun résultat",
  noneText: "Aucune réponse ne contient ces mots, parmi celles qui sont affichées.",
  clear: "Afficher toutes celles en vigueur",

  // Which answer a question gets.
  trialTitle: "Quelle réponse recevrait cette question ?",
  trialHint: "Comme si quelqu’un commençait une conversation par elle.",
  trialInput: "Une question",
  trialRun: "Voir",
  trialGiven: "Elle reçoit cette réponse de référence :",
  trialNone:
    "Elle ne reçoit aucune réponse de référence : le bot répond d’après ses documents, par son modèle, ou décline.",
  trialScore: (share: string, needed: string) => `Sûr à ${share}\u202f; il faut ${needed}.`,
  trialNear: "Les plus proches",
  trialEmpty: "Aucune réponse de référence n’est proche.",
  likeness: (share: string) => `semblable à ${share}`,
  exact: "la même question",
  open: "Ouvrir",

  // Writing one.
  newTitle: "Nouvelle réponse de référence",
  editTitle: "Réponse de référence",
  questions: "Questions",
  questionsHint: "Telles qu’on les pose, une par ligne. Chaque question n’a qu’une réponse.",
  text: "La réponse",
  textHint: "Donnée mot pour mot.",
  starts: "Premier jour",
  expires: "Dernier jour",
  days: "Les jours commencent et finissent en UTC. Vide : sans fin.",
  moment: (moment: string) => `Un instant, pas un jour entier\u00a0: ${moment}`,
  links: "Sources que voient les lecteurs",
  linksHint: "Une par ligne : une adresse, ou Titre | adresse.",
  note: "Note",
  noteHint: "Pour ceux qui modifient ; personne d’autre ne la voit.",
  origin: "Tirée de la correction de quelqu’un : elle disparaît quand cette personne est effacée.",
  save: "Enregistrer",
  create: "La donner désormais",
  remove: "Retirer",
  restore: "La donner de nouveau",
  forget: "Supprimer définitivement…",
  forgetTitle: "Supprimer définitivement cette réponse ?",
  forgetText:
    "Elle disparaît avec son texte dans l’historique. Ni une annulation ni un retour en arrière ne la feront revenir.",
  forgetWord: "supprimer",
  saved: "Enregistré. Cela compte dès le prochain message.",
  added: "Elle est donnée dès le prochain message.",
  removed: "Retirée. Elle n’est plus donnée.",
  restored: "Elle est donnée de nouveau.",
  forgotten: "Elle est supprimée.",
  back: "Comme avant.",
  readOnly: "Votre compte permet de les lire, pas de les modifier.",
  conflict:
    "Un collègue a modifié cette réponse en même temps que vous. Rien de vous n’est perdu : tout est dans le formulaire.",
  conflictNow: "Ce qu’elle dit maintenant :",
  keepMine: "Garder la mienne",
  takeTheirs: "Prendre la sienne",
  taken: "Cette question a déjà une autre réponse.",

  // Importing.
  importTitle: "Importer un tableau",
  importAbout:
    "CSV, TSV, Excel (.xlsx) ou QnA Maker (.qna), avec les colonnes « question » et « answer ». Rien n’est changé avant que vous ayez vu ce que cela changerait.",
  file: "Le fichier",
  replace: "Retirer les réponses absentes du fichier",
  replaceHint: "À utiliser quand le fichier contient tout ce qu’il doit y avoir.",
  reading: "Lecture du fichier…",
  preview: "Ce que cela changerait",
  rows: (n: number) => count(n, { one: "# ligne", many: "# de lignes", other: "# lignes" }),
  counts: {
    added: "Nouvelles",
    changed: "Modifiées",
    retired: "Retirées",
    unchanged: "Inchangées",
    double: "En double",
    wrong: "Erronées",
  },
  first: (n: string) => `Les ${n} premières sont affichées.`,
  row: "Ligne",
  reason: "Pourquoi",
  nothing: "Le fichier ne change rien.",
  doIt: (n: number) =>
    count(n, {
      one: "Importer # réponse",
      many: "Importer # de réponses",
      other: "Importer # réponses",
    }),
  skipped: (n: number) =>
    count(n, {
      one: "# ligne est laissée de côté.",
      many: "# de lignes sont laissées de côté.",
      other: "# lignes sont laissées de côté.",
    }),
  imported: (added: number, changed: number) =>
    `${count(added, { one: "# nouvelle réponse", many: "# de nouvelles réponses", other: "# nouvelles réponses" })}, ${count(changed, { one: "# modifiée", many: "# modifiées", other: "# modifiées" })}.`,
  importing: "Importation…",
  another: "Un autre fichier",
  badFile: "Ce type de fichier n’est pas lu ici. Enregistrez-le en CSV ou en .xlsx.",
  tooLarge: "Le fichier dépasse 20 Mo. Divisez-le.",

  // The history.
  historyAbout:
    "Chaque changement est une révision. Revenir en arrière en crée une nouvelle : un retour peut donc aussi être annulé.",
  historyTable: "Révisions",
  revision: "Révision",
  when: "Quand",
  who: "Qui",
  what: "Quoi",
  answers: "Réponses",
  show: "Afficher",
  goBack: "Y revenir",
  actions: { added: "ajouté", changed: "modifié", imported: "importé", forgotten: "supprimé définitivement" },
  wentBack: (number: string) => `retour à la révision ${number}`,
  differenceTitle: (number: string) => `Révision ${number}`,
  differenceAbout: (n: number) =>
    count(n, {
      one: "# réponse diffère",
      many: "# de réponses diffèrent",
      other: "# réponses diffèrent",
    }),
  kinds: { added: "nouvelle", removed: "retirée", changed: "modifiée" },
  goBackTitle: (number: string) => `Tout remettre comme à la révision ${number}\u202f?`,
  goBackText: (n: number) =>
    `${count(n, { one: "# réponse change", many: "# de réponses changent", other: "# réponses changent" })}. Cela peut être annulé.`,
  wentBackDone: (number: string) => `Tout est de nouveau comme à la révision ${number}.`,
  historyEmptyTitle: "Pas encore de changement",
  historyEmptyText: "Dès que quelqu’un écrit une réponse, elle figure ici.",
  cli: "la ligne de commande",
  key: (short: string) => `clé ${short}`,
  somebody: "quelqu’un",
};

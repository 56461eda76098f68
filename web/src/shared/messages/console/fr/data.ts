import { count } from "../../fr/count";
import type { ConsoleTexts } from "../text";

/** By kind of reason: why such a row is left out, and what to do to keep rows like it. */
const kinds: ConsoleTexts["data"]["kinds"] = {
  exact: {
    why: "La même conversation figure déjà dans les données, aux majuscules et espaces près.",
    keep: "Rien n’est perdu : l’une d’elles sert à l’apprentissage.",
  },
  near: {
    why: "Elle dit presque la même chose qu’une autre, qui reste.",
    keep: "Augmentez near_duplicates sous [data], ou mettez-le à 0 pour toutes les garder.",
  },
  question: {
    why: "Elle pose une question avec laquelle le bot est testé. L’apprendre rendrait le test sans valeur.",
    keep: "Retirez la question des cas de test, si elle est plus utile à l’apprentissage.",
  },
  judged: {
    why: "Sa réponse a été jugée mauvaise, et elle servirait au test.",
    keep: "Corrigez la réponse, ou le jugement.",
  },
  taught: {
    why: "Elle était gardée pour le test, et une correction vérifiée enseigne sa question.",
    keep: "Rien à faire : la correction est apprise à sa place.",
  },
  superseded: {
    why: "Une correction vérifiée dit que sa réponse est fausse.",
    keep: "Annulez la correction dans la relecture, si la réponse était juste.",
  },
  erased: {
    why: "Elle nomme une personne qui a été effacée.",
    keep: "Elle ne doit pas être gardée.",
  },
  long: {
    why: "L’un de ses messages dépasse la longueur permise.",
    keep: "Augmentez max_message_chars sous [data], ou raccourcissez le texte.",
  },
  repeats: {
    why: "Un message répète sans cesse la même chose, ce qu’un bot apprendrait à faire.",
    keep: "Retirez repetition de steps sous [data].",
  },
  language: {
    why: "Elle est dans une langue que le bot ne parle pas.",
    keep: "Ajoutez la langue à languages sous [bot].",
  },
  assistant: {
    why: "Personne n’y répond, il n’y a donc rien à apprendre.",
    keep: "Dans un chat entre personnes, indiquez au nom de qui le bot parle quand vous ajoutez le fichier.",
  },
  user: {
    why: "Personne n’y pose de question.",
    keep: "Dans un chat entre personnes, indiquez au nom de qui le bot parle : tous les autres posent les questions.",
  },
  json: {
    why: "La ligne n’est pas écrite en JSON valide.",
    keep: "Exportez de nouveau le fichier, avec une valeur JSON par ligne.",
  },
  encoding: {
    why: "La ligne contient des octets qui ne sont pas du texte.",
    keep: "Enregistrez le fichier en UTF-8, puis ajoutez-le de nouveau.",
  },
  textless: {
    why: "C’est une image, un fichier ou autre chose du genre, sans mots.",
    keep: "Seuls des mots peuvent être appris.",
  },
  notice: {
    why: "C’est un avis du programme, comme l’arrivée de quelqu’un.",
    keep: "Rien n’est perdu : personne ne l’a dit.",
  },
  bot: {
    why: "Un autre bot l’a écrite.",
    keep: "Indiquez ce bot comme celui au nom de qui le vôtre parle, quand vous ajoutez le fichier.",
  },
  deleted: {
    why: "La personne qui l’a écrite l’a supprimée.",
    keep: "Elle ne peut pas être gardée.",
  },
  shape: {
    why: "Il lui manque ce que ce format exige, comme une question et une réponse, ou son rôle est inconnu.",
    keep: "Indiquez ce que contient chaque colonne, renommez les rôles en user et assistant, ou choisissez un autre format.",
  },
};

export const data: ConsoleTexts["data"] = {
  title: "Données",
  about:
    "Ce dont le bot apprend : les fichiers, les jeux de données qui en sont tirés, et chaque ligne laissée de côté, avec la raison.",
  build: "Construire un jeu de données",
  dataset: "Jeu de données",
  datasetNamed: (id: string, when: string, used: boolean) => `${id}, ${when}${used ? ", utilisé" : ""}`,
  none: "Pas encore de jeu de données",
  noneText:
    "Ajoutez des conversations, puis construisez-en un jeu de données. L’entraînement en construit aussi un de lui-même.",
  tabs: { report: "Rapport", rejected: "Laissées de côté", compared: "Ce qui a changé", files: "Fichiers" },
  splits: {
    train: "pour apprendre",
    dev: "pour suivre l’apprentissage",
    test: "pour tester",
    judged: "jugée mauvaise",
  },
  roles: { user: "Utilisateur", assistant: "Bot", system: "Système", tool: "Outil", evidence: "Éléments" },
  kinds,
  work: {
    kinds: {
      data: "Construction d’un jeu de données",
      import: "Ajout",
      train: "Entraînement",
      evaluate: "Évaluation",
      improve: "Amélioration",
    },
    states: {
      running: "en cours",
      done: "terminé",
      failed: "échoué",
      stopped: "arrêté",
      interrupted: "interrompu",
    },
    stop: "Arrêter",
    said: "Ce qui a été dit",
  },
  report: {
    read: "Lignes lues",
    train: "Entraînement",
    trainHint: "servent à apprendre",
    dev: "Développement",
    devHint: "suivies pendant l’apprentissage",
    test: "Test",
    testHint: "pour les chiffres finaux",
    rejected: "Laissées de côté",
    leaking: "Lignes de test vues à l’entraînement",
    leakingHint: "devrait être 0",
    reasons: "Pourquoi des lignes ont été laissées de côté",
    noneRejected: "Aucune ne l’a été : chaque ligne est dans le jeu de données.",
    download: "Télécharger le rapport",
    hidden: "Ce qui a été masqué",
    hiddenOff:
      "Rien : les noms et les numéros sont appris tels quels. Les marqueurs s’activent sous [privacy] dans bot.toml.",
    hiddenAbout:
      "Des données personnelles que le modèle ne voit jamais. Les exemples montrent ce qu’il voit à la place.",
    sources: "Fichiers",
    file: "Fichier",
    format: "Format",
    languages: "Langues",
    clusters: "Quasi-doublons",
    clustersAbout:
      "Les plus grands groupes de lignes qui disent presque la même chose. Une de chaque reste ; vérifiez que c’est bien la même chose.",
    topics: "Le périmètre face aux données",
    sampled: (n: number) =>
      `Combien de conversations, sur ${n}, semblent porter sur chaque thème, d’après leurs mots\u00a0: un premier aperçu, pas un décompte.`,
    groups: "Sujets des questions",
    examples: "Exemples",
  },
  rejected: {
    search: "Rechercher dans ce qu’elles disent",
    reason: "Raison",
    file: "Fichier",
    all: "toutes",
    keep: "Pour garder les lignes de ce genre :",
    none: "Aucune ligne",
    noneText: "Rien n’a été laissé de côté.",
    noneFit: "Aucun résultat. Cherchez autre chose.",
    noText: "(sans texte)",
    shown: (from: number, to: number, total: number) =>
      `${from} à ${to} sur ${count(total, { one: "# ligne", many: "# de lignes", other: "# lignes" })}`,
    before: "Précédentes",
    next: "Suivantes",
    alike: (share: string) => `semblable à ${share}`,
    like: (name: string) => `comme ${name}`,
    place: (source: string, position: number) => `${source}, position ${position + 1}`,
    showKept: "Afficher celle qui reste",
  },
  row: {
    title: "Conversation",
    about: (source: string, position: number, split: string) => `${source}, position ${position + 1}\u202f; ${split}`,
  },
  compared: {
    with: "Comparé avec",
    none: "Rien à comparer",
    noneText:
      "Il y a un seul jeu de données. Quand les fichiers changent et qu’un autre est construit, vous voyez ici ce qui diffère.",
    counts: (added: number, gone: number, moved: number, same: number) =>
      `${count(added, { one: "# nouvelle conversation", many: "# de nouvelles conversations", other: "# nouvelles conversations" })}, ${count(gone, { one: "# disparue", many: "# disparues", other: "# disparues" })}, ${count(moved, { one: "# a changé de côté", many: "# ont changé de côté", other: "# ont changé de côté" })}, ${count(same, { one: "# comme avant", many: "# comme avant", other: "# comme avant" })}.`,
    reasons: "Laissées de côté",
    before: "Avant",
    after: "Après",
    kinds: { added: "Nouvelles", gone: "Disparues", moved: "De l’autre côté" },
    first: (shown: number, all: number) => (shown < all ? `Les ${shown} premières sur ${all}.` : ""),
  },
  files: {
    about: "Ils ne sont jamais modifiés ici. Pour retirer un fichier, enlevez-le du dossier du bot.",
    caption: "Fichiers",
    file: "Fichier",
    format: "Lu comme",
    said: "comme indiqué",
    held: "pour le test seulement",
    size: "Taille",
    at: "Modifié",
    none: "Pas encore de fichier",
    noneText: "Ajoutez des chats, des tickets, des e-mails ou un tableau de questions et de réponses.",
  },
  add: {
    open: "Ajouter des conversations",
    about:
      "Chats, tickets, e-mails, tableaux de questions et de réponses. Vous voyez comment le fichier est lu avant qu’il soit pris.",
    file: "Fichier",
    limits: (endings: string, largest: string) => `${endings}, jusqu’à ${largest}`,
    tooLarge: (largest: string) => `Le fichier dépasse ${largest}. Divisez-le, ou utilisez la ligne de commande.`,
    progress: (name: string) => `Envoi de ${name}`,
    looking: "Examen…",
    format: "Format",
    formatHint: "Déduit du contenu. Choisissez-en un autre si les conversations ci-dessous semblent incorrectes.",
    detected: (format: string) => `trouvé\u00a0: ${format}`,
    detect: "le trouver",
    who: "Au nom de qui le bot parle-t-il ?",
    speaker: (name: string, messages: number) =>
      `${name} (${count(messages, { one: "# message", many: "# de messages", other: "# messages" })})`,
    dates: "Ordre des dates",
    datesFound: "le trouver",
    dmy: "jour, mois, année",
    mdy: "mois, jour, année",
    ymd: "année, mois, jour",
    evaluation: "Pour le test seulement",
    evaluationHint: "Rien n’en est jamais appris : le bot est testé avec ces conversations.",
    isDocument: "C’est un document, pas une conversation. Sa place est parmi ce d’après quoi le bot répond :",
    whole: (kept: string, rows: string) => `${kept} lignes sur ${rows} sont utilisables.`,
    beginning: (kept: string, rows: string) => `Parmi les ${rows} premières lignes, ${kept} sont utilisables.`,
    take: "Ajouter ce fichier",
  },
};

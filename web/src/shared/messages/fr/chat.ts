import type { Texts } from "../text";
import { count } from "./count";

export const chat: Texts["chat"] = {
  log: "Conversation",
  you: "Votre message",
  answerOf: (name: string) => `Réponse de ${name}`,
  answering: (name: string) => `${name} est en train de répondre`,
  answered: (name: string, answer: string) => `${name}\u00a0: ${answer}`,
  retrying: "La connexion a été perdue. Reprise de la réponse…",
  stoppedNote: "Arrêtée.",
  interruptedNote: "La réponse a été interrompue.",
  failedNote: "La réponse a échoué.",
  emptyNote: "La réponse est vide.",
  notSent: "Ce message n’a pas été envoyé.",
  noRetry: "Aucune nouvelle réponse n’a été lancée.",
  toBox: "Remettre dans le champ de message",
  leftOut: (n: number) =>
    count(n, {
      one: "Le message le plus ancien n’a pas été montré au modèle.",
      many: "Les # de messages les plus anciens n’ont pas été montrés au modèle.",
      other: "Les # messages les plus anciens n’ont pas été montrés au modèle.",
    }),
  earlier: (n: number) =>
    count(n, {
      one: "Afficher le message précédent",
      many: "Afficher # de messages précédents",
      other: "Afficher # messages précédents",
    }),
  jump: "Aller au dernier message",
  suggestions: "Questions suggérées",
  automated: "Vous parlez à un assistant automatique. Il peut se tromper.",
};

export const composer: Texts["composer"] = {
  label: "Message",
  placeholder: (name: string) => `Message à ${name}`,
  send: "Envoyer",
  stop: "Arrêter",
  stopping: "Arrêt en cours…",
  tooLong: (length: number, most: number) =>
    `Ce message compte ${length} caractères, et ${most} au plus peuvent être envoyés à la fois. Raccourcissez-le ou envoyez-le en plusieurs parties.`,
};

export const actions: Texts["actions"] = {
  copy: "Copier",
  copied: "Copié",
  copyFailed: "Le navigateur n’a pas autorisé la copie. Sélectionnez le texte et copiez-le vous-même.",
  copyCode: "Copier le code",
  retry: "Répondre à nouveau",
  edit: "Modifier",
  good: "Bonne réponse",
  bad: "Mauvaise réponse",
  previous: "Version précédente",
  next: "Version suivante",
  version: (n: number, total: number) => `Version ${n} sur ${total}`,
  versions: "Versions",
};

export const edit: Texts["edit"] = {
  label: "Modifier votre message",
  save: "Envoyer",
  cancel: "Annuler",
  note: "La version précédente est conservée ; vous pouvez passer de l’une à l’autre.",
};

export const feedback: Texts["feedback"] = {
  title: { up: "Qu’est-ce qui était bien ?", down: "Qu’est-ce qui n’allait pas ?" },
  comment: "Commentaire (facultatif)",
  correction: "Quelle aurait dû être la réponse ? (facultatif)",
  start: "Partir de la réponse donnée",
  send: "Envoyer",
  close: "Fermer",
  remove: "Retirer la note",
  saved: { up: "Merci. Réponse notée comme bonne.", down: "Merci. Réponse notée comme mauvaise." },
  sent: "Merci. Votre avis a été envoyé.",
  removed: "Note retirée.",
};

export const routes: Texts["routes"] = {
  generated: { label: "Générée", hint: "Rédigée par le modèle." },
  refused: {
    label: "Refusée",
    hint: "L’assistant n’a pas répondu, faute de certitude ou parce que la question sort de son périmètre.",
  },
  curated: { label: "Vérifiée", hint: "Une réponse qu’une personne a vérifiée." },
  retrieved: { label: "Des documents", hint: "Tirée des documents indiqués comme sources." },
  known: { label: "Réponse connue", hint: "Une réponse connue pour les questions de ce genre." },
};

export const sources: Texts["sources"] = {
  title: (n: number) => count(n, { one: "# source", many: "# de sources", other: "# sources" }),
  untitled: "Source sans titre",
};

export const markdown: Texts["markdown"] = {
  image: (alt: string, host: string) => `Image non chargée\u00a0: ${alt || "sans description"} (${host})`,
  external: (host: string) => `ouvre ${host} dans un nouvel onglet`,
  code: "Code",
  table: "Tableau",
  task: "Tâche",
  all: "Tout afficher",
  allLines: (n: number) => `Afficher les ${n} lignes`,
  allRows: (n: number) => `Afficher les ${n} lignes`,
  allItems: (n: number) => `Afficher les ${n} éléments`,
};

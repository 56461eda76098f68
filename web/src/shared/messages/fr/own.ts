import type { Texts } from "../text";
import { count } from "./count";

export const attachments: Texts["attachments"] = {
  add: "Joindre un fichier",
  title: "Pièces jointes",
  reading: (name: string) => `Lecture de ${name}…`,
  remove: (name: string) => `Retirer ${name}`,
  open: (name: string) => `Afficher le contenu de ${name}`,
  added: (name: string) => `${name} est joint.`,
  size: (characters: number) =>
    count(characters, { one: "# caractère", many: "# de caractères", other: "# caractères" }),
  failed: (name: string, why: string) => `${name} n’a pas été joint. ${why}`,
  tooLong: (name: string, tokens: number, room: number) =>
    `${name} est trop long pour cet assistant\u00a0: il occupe ${count(tokens, { one: "# jeton", many: "# de jetons", other: "# jetons" })}, et il y a de la place pour ${count(room, { one: "#", many: "#", other: "#" })}. Joignez la partie qui compte.`,
  tooLarge: (name: string) => `${name} dépasse 5\u00a0Mo. Joignez la partie qui compte.`,
  tooMany: (most: number) =>
    count(most, {
      one: "Un message accepte un seul fichier.",
      many: "Un message accepte au plus # de fichiers.",
      other: "Un message accepte au plus # fichiers.",
    }),
  note: "L’assistant lit ce fichier comme un simple contenu. Il ne suit pas les instructions qui s’y trouvent.",
  close: "Fermer",
};

export const own: Texts["own"] = {
  pin: "Épingler en haut",
  unpin: "Désépingler",
  share: "Partager un lien…",
  saveMarkdown: "Enregistrer en Markdown",
  saveJson: "Enregistrer en JSON",
  saveFailed: (why: string) => `Rien n’a été enregistré. ${why}`,
  saved: "Enregistrée.",
  imported: "Importée",
  importedNote: "Cette conversation a été importée d’un fichier. Elle n’appartient qu’à vous : rien n’en est appris.",
  foundIn: "Trouvé dans un message",
};

export const temporary: Texts["temporary"] = {
  start: "Chat temporaire",
  on: "Le chat temporaire est activé",
  leave: "Quitter le chat temporaire",
  title: "Un chat temporaire",
  note: "Il n’est pas dans votre liste, rien n’en est appris, et il disparaît quand vous quittez ou rechargez cette page.",
};

export const sharing: Texts["sharing"] = {
  title: "Partager cette conversation",
  text: "Toute personne ayant le lien peut la lire jusqu’au dernier message actuel, sans se connecter. Ce que vous écrirez ensuite n’est pas montré.",
  warning: "Relisez-la d’abord : les noms, adresses et autres données personnelles sont montrés tels quels.",
  days: "Le lien est valable",
  forDays: (days: number) => count(days, { one: "# jour", many: "# de jours", other: "# jours" }),
  make: "Créer le lien",
  link: "Le lien, affiché cette seule fois",
  copy: "Copier le lien",
  links: "Liens valables",
  made: (date: string) => `créé le ${date}`,
  until: (date: string) => `jusqu’au ${date}`,
  messages: (n: number) => count(n, { one: "# message", many: "# de messages", other: "# messages" }),
  revoke: "Révoquer",
  revoked: "Le lien ne fonctionne plus.",
  close: "Fermer",
  nothing: "Il n’y a encore rien à partager.",
  shownTitle: (title: string) => `${title} · partagée`,
  shownBy: (bot: string) => `Une conversation avec ${bot}, partagée par un lien`,
  shownUntil: (date: string) => `Cette page disparaît le ${date}.`,
  ended: "Ce lien ne fonctionne pas",
  start: "Poser votre propre question",
  user: "Question",
};

export const mine: Texts["mine"] = {
  title: "Vos données",
  open: "Vos données et votre vie privée",
  consentTitle: "Vos conversations peuvent-elles aider à améliorer cet assistant ?",
  yes: "Oui, vous pouvez les utiliser",
  no: "Non",
  granted: (date: string) => `Vous avez accepté le ${date}.`,
  refused: "Vous n’avez pas accepté : rien n’est appris de ce que vous écrivez.",
  unasked: "Rien n’est appris de ce que vous écrivez ici : cet assistant ne le demande pas.",
  withdraw: "Retirer l’accord",
  agree: "Accepter",
  kept: (days: number) =>
    days === 0
      ? "Vos conversations sont conservées jusqu’à ce que vous les supprimiez."
      : count(days, {
          one: "Les conversations sont supprimées après un jour sans message.",
          many: "Les conversations sont supprimées après # de jours sans message.",
          other: "Les conversations sont supprimées après # jours sans message.",
        }),
  changed: "C’est enregistré. Merci.",
  exportTitle: "Emporter vos données",
  exportText: "Tout ce qui est conservé à votre sujet, dans un fichier ZIP.",
  export: "Tout exporter",
  importTitle: "Récupérer une conversation",
  importText: "Un fichier JSON enregistré ici auparavant.",
  import: "Importer un fichier…",
  importFailed: (why: string) => `Le fichier n’a pas été importé. ${why}`,
  notOurs: "Ce n’est pas une conversation enregistrée ici.",
  deleteTitle: "Tout supprimer",
  deleteText:
    "Toutes vos conversations, vos notes et vos réponses sur le consentement disparaîtront définitivement, ainsi que les liens que vous avez partagés.",
  delete: "Supprimer toutes mes données…",
  deleteSure: "Supprimer définitivement",
  deleteCancel: "Conserver",
  close: "Fermer",
};

export const tasks: Texts["tasks"] = {
  title: "Vous testez une nouvelle version",
  done: (done: number, all: number) => `${done} sur ${all} terminées`,
  until: (date: string) => `Le test se termine le ${date}.`,
  note: (task: string) => `Votre remarque sur «\u00a0${task}\u00a0»`,
  notePlaceholder: "Comment cela s’est-il passé ? (facultatif)",
  leave: "Quitter le test",
  leaveText: "Vous parlerez de nouveau à l’assistant habituel.",
  thanks: "Tout est fait. Merci !",
};

export const person: Texts["person"] = {
  ask: "Demander une personne",
  wanted: "Une personne de l’équipe a été prévenue. Vous pouvez continuer à écrire en attendant.",
  here: (name: string) =>
    name
      ? `${name} a pris le relais et vous répond maintenant.`
      : "Une personne a pris le relais et vous répond maintenant.",
  back: "Continuer avec l’assistant",
  ended: "L’assistant répond de nouveau.",
  answerOf: (name: string) => (name ? `Réponse de ${name}` : "Réponse d’une personne"),
  tag: (name: string) => (name ? `${name}, de l’équipe` : "Une personne de l’équipe"),
  waiting: "Votre message lui a été transmis.",
  placeholder: (name: string) => (name ? `Message à ${name}` : "Message à la personne"),
};

export const page: Texts["page"] = {
  waiting: "Pas de connexion. Le message partira dès qu’elle sera rétablie.",
  dontSend: "Ne pas l’envoyer",
  update: "Une nouvelle version de cette page est prête.",
  updateNow: "Recharger",
  next: "Vous pourriez demander ensuite",
};

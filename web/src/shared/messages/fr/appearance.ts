import type { Texts } from "../text";

export const theme: Texts["theme"] = {
  title: "Apparence",
  light: "Clair",
  dark: "Sombre",
  system: "Comme le système",
  contrast: "Contraste élevé",
};

export const shortcuts: Texts["shortcuts"] = {
  title: "Raccourcis clavier",
  close: "Fermer",
  send: "Envoyer le message",
  newline: "Nouvelle ligne",
  stop: "Arrêter la réponse ou quitter un formulaire",
  editLast: "Modifier votre dernier message (dans un champ vide)",
  newConversation: "Nouvelle conversation",
  search: "Rechercher dans les conversations",
  sidebar: "Afficher ou masquer les conversations",
  focus: "Aller au champ de message",
  help: "Cette liste",
  or: "ou",
};

export const language: Texts["language"] = {
  title: "Langue",
};

import type { Texts } from "../text";

export const theme: Texts["theme"] = {
  title: "Darstellung",
  light: "Hell",
  dark: "Dunkel",
  system: "Wie das System",
  contrast: "Hoher Kontrast",
};

export const shortcuts: Texts["shortcuts"] = {
  title: "Tastenkürzel",
  close: "Schließen",
  send: "Nachricht senden",
  newline: "Neue Zeile",
  stop: "Antwort anhalten oder ein Formular verlassen",
  editLast: "Letzte eigene Nachricht bearbeiten (bei leerem Eingabefeld)",
  newConversation: "Neue Unterhaltung",
  search: "Unterhaltungen durchsuchen",
  sidebar: "Unterhaltungen ein- oder ausblenden",
  focus: "Zum Eingabefeld",
  help: "Diese Liste",
  or: "oder",
};

export const language: Texts["language"] = {
  title: "Sprache",
};

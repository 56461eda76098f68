import type { Texts } from "../text";

export const app: Texts["app"] = {
  skip: "Zum Eingabefeld springen",
  loading: "Wird geladen …",
  offline:
    "Keine Verbindung zum Server. Ihre Unterhaltung bleibt hier; es geht weiter, sobald die Verbindung wieder da ist.",
  release: (id: string) => `Release ${id}`,
  crashed: "Auf dieser Seite ist etwas schiefgegangen. Ihre Unterhaltungen sind auf dem Server sicher.",
  reload: "Seite neu laden",
};

export const errors: Texts["errors"] = {
  unreachable: "Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung, und versuchen Sie es noch einmal.",
  unexpected: "Etwas ist schiefgegangen. Versuchen Sie es noch einmal.",
  status: (status: number) =>
    `Der Server hat mit einem Fehler geantwortet (${status}). Versuchen Sie es gleich noch einmal.`,
  retry: "Noch einmal versuchen",
  retryIn: (seconds: number) => `Noch einmal in ${seconds} s`,
  botTitle: "Der Assistent ist gerade nicht verfügbar",
  conversationTitle: "Diese Unterhaltung konnte nicht geladen werden",
  notFoundTitle: "Diese Unterhaltung gibt es nicht",
  notFound: "Vielleicht wurde sie gelöscht, oder sie gehört jemand anderem.",
  dismiss: "Ausblenden",
  part: "Dieser Teil der Seite konnte nicht angezeigt werden. Was gespeichert ist, ist sicher.",
  message: "Diese Nachricht konnte nicht wie vorgesehen angezeigt werden.",
};

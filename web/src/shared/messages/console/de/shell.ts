import { count } from "../../de/count";
import type { ConsoleTexts } from "../text";

/** What all pages of the console share. */
export const shell: ConsoleTexts["shell"] = {
  title: "Konsole",
  toChat: "Zum Chat",
  nav: "Seiten der Konsole",
  show: "Seiten einblenden",
  groups: {
    now: "Aktuell",
    answers: "Antworten",
    knowledge: "Wissen",
    model: "Modell",
    reach: "Zugänge",
    care: "Verwaltung",
  },
  bot: "Bot",
  notAllowed: "Ihr Konto darf diese Seite nicht öffnen",
  notAllowedText: (role: string) =>
    `Sie ist für eine andere Rolle als Ihre (${role}) bestimmt. Wenden Sie sich an einen Inhaber.`,
  notFound: "Diese Seite gibt es nicht",
  loading: "Wird geladen …",
  failed: "Dies konnte nicht geladen werden",
  undo: "Rückgängig",
  dismiss: "Ausblenden",
  close: "Schließen",
  cancel: "Abbrechen",
  save: "Speichern",
  more: "Mehr anzeigen",
  selected: (n: number) => count(n, { one: "1 ausgewählt", other: "# ausgewählt" }),
  selectAll: "Alle angezeigten auswählen",
  selectRow: "Diese Zeile auswählen",
  typeToConfirm: (word: string) => `Geben Sie zum Fortfahren „${word}“ ein`,
  chartTable: "Die Zahlen als Tabelle",
  chartEmpty: "Noch keine Zahlen.",
  time: "Zeit",
  never: "nie",
  none: "keine",
  same: "Kein Unterschied.",
  previous: "Zurück",
  next: "Weiter",
  pageOf: (from: string, to: string, total: string) => `${from} bis ${to} von ${total}`,
};

import { count } from "../../de/count";
import type { ConsoleTexts } from "../text";

export const audit: ConsoleTexts["audit"] = {
  title: "Audit-Log",
  about: "Wer was mit wessen Daten getan hat. Es enthält niemandes Worte; Personen stehen darin unter Pseudonymen.",
  caption: "Ereignisse, die neuesten zuerst",
  number: "Nr.",
  at: "Wann",
  action: "Was",
  actor: "Wer",
  subject: "Wen",
  detail: "Details",
  anything: "Alles",
  person: "Person",
  personHint: "Der Name eines Kontos, die ID eines Besuchers oder ein Pseudonym.",
  since: "Von",
  until: "Bis",
  cli: "Befehlszeile",
  system: "Server",
  emptyTitle: "Keine solchen Ereignisse",
  emptyText: "Nichts im Log passt zu diesen Filtern.",
  verify: "Kette prüfen",
  verifyAbout:
    "Jede Zeile trägt einen Hash mit Schlüssel über sich selbst und die Zeile davor. Bewahren Sie den Kopf an anderer Stelle auf: Eine spätere Prüfung kann daran gemessen werden.",
  head: "Ein früherer Kopf (optional)",
  whole: (n: number) => `Das Log ist vollständig: ${count(n, { one: "1 Zeile", other: "# Zeilen" })}.`,
  broken: (n: number) => count(n, { one: "1 Fehler wurde gefunden.", other: "# Fehler wurden gefunden." }),
  headIs: "Der Kopf",
  copyHead: "Kopf kopieren",
  export: "Alles herunterladen",
  newest: "Zurück zu den neuesten",
};

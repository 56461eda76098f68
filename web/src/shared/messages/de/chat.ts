import type { Texts } from "../text";
import { count } from "./count";

export const chat: Texts["chat"] = {
  log: "Unterhaltung",
  you: "Ihre Nachricht",
  answerOf: (name: string) => `Antwort von ${name}`,
  answering: (name: string) => `${name} antwortet`,
  answered: (name: string, answer: string) => `${name}: ${answer}`,
  retrying: "Die Verbindung ist abgebrochen. Die Antwort wird wieder aufgenommen …",
  stoppedNote: "Angehalten.",
  interruptedNote: "Die Antwort wurde unterbrochen.",
  failedNote: "Die Antwort ist fehlgeschlagen.",
  emptyNote: "Die Antwort ist leer.",
  notSent: "Diese Nachricht wurde nicht gesendet.",
  noRetry: "Es wurde keine neue Antwort begonnen.",
  toBox: "Zurück ins Eingabefeld",
  leftOut: (n: number) =>
    count(n, {
      one: "Die älteste Nachricht wurde dem Modell nicht gezeigt.",
      other: "Die # ältesten Nachrichten wurden dem Modell nicht gezeigt.",
    }),
  earlier: (n: number) => count(n, { one: "Die frühere Nachricht anzeigen", other: "# frühere Nachrichten anzeigen" }),
  jump: "Zur neuesten Nachricht",
  suggestions: "Vorgeschlagene Fragen",
  automated: "Sie sprechen mit einem automatischen Assistenten. Er kann sich irren.",
};

export const composer: Texts["composer"] = {
  label: "Nachricht",
  placeholder: (name: string) => `Nachricht an ${name}`,
  send: "Senden",
  stop: "Anhalten",
  stopping: "Wird angehalten …",
  tooLong: (length: number, most: number) =>
    `Diese Nachricht hat ${length} Zeichen; auf einmal lassen sich ${most} senden. Kürzen Sie sie, oder senden Sie sie in Teilen.`,
};

export const actions: Texts["actions"] = {
  copy: "Kopieren",
  copied: "Kopiert",
  copyFailed: "Der Browser hat das Kopieren nicht erlaubt. Markieren Sie den Text, und kopieren Sie ihn selbst.",
  copyCode: "Code kopieren",
  retry: "Neu antworten",
  edit: "Bearbeiten",
  good: "Gute Antwort",
  bad: "Schlechte Antwort",
  previous: "Vorherige Version",
  next: "Nächste Version",
  version: (n: number, total: number) => `Version ${n} von ${total}`,
  versions: "Versionen",
};

export const edit: Texts["edit"] = {
  label: "Ihre Nachricht bearbeiten",
  save: "Senden",
  cancel: "Abbrechen",
  note: "Die frühere Version bleibt erhalten; Sie können zwischen beiden wechseln.",
};

export const feedback: Texts["feedback"] = {
  title: { up: "Was war daran gut?", down: "Was war falsch?" },
  comment: "Kommentar (optional)",
  correction: "Wie hätte die Antwort lauten sollen? (optional)",
  start: "Von der gegebenen Antwort ausgehen",
  send: "Senden",
  close: "Schließen",
  remove: "Bewertung entfernen",
  saved: { up: "Danke. Als gut bewertet.", down: "Danke. Als schlecht bewertet." },
  sent: "Danke. Ihr Feedback wurde gesendet.",
  removed: "Bewertung entfernt.",
};

export const routes: Texts["routes"] = {
  generated: { label: "Generiert", hint: "Vom Modell geschrieben." },
  refused: {
    label: "Abgelehnt",
    hint: "Der Assistent hat nicht geantwortet, weil er sich nicht sicher war oder die Frage nicht zu seinen Themen gehört.",
  },
  curated: { label: "Geprüft", hint: "Eine Antwort, die ein Mensch geprüft hat." },
  retrieved: { label: "Aus Dokumenten", hint: "Den Dokumenten entnommen, die als Quellen angegeben sind." },
  known: { label: "Bekannte Antwort", hint: "Eine Antwort, die für Fragen wie diese bekannt ist." },
};

export const sources: Texts["sources"] = {
  title: (n: number) => count(n, { one: "1 Quelle", other: "# Quellen" }),
  untitled: "Quelle ohne Titel",
};

export const markdown: Texts["markdown"] = {
  image: (alt: string, host: string) => `Bild nicht geladen: ${alt || "ohne Beschreibung"} (${host})`,
  external: (host: string) => `öffnet ${host} in einem neuen Tab`,
  code: "Code",
  table: "Tabelle",
  task: "Aufgabe",
  all: "Ganz anzeigen",
  allLines: (n: number) => `Alle ${n} Zeilen anzeigen`,
  allRows: (n: number) => `Alle ${n} Zeilen anzeigen`,
  allItems: (n: number) => `Alle ${n} Einträge anzeigen`,
};

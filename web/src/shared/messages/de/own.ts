import type { Texts } from "../text";
import { count } from "./count";

export const attachments: Texts["attachments"] = {
  add: "Datei anhängen",
  title: "Angehängt",
  reading: (name: string) => `${name} wird gelesen …`,
  remove: (name: string) => `${name} entfernen`,
  open: (name: string) => `Inhalt von ${name} anzeigen`,
  added: (name: string) => `${name} ist angehängt.`,
  size: (characters: number) => count(characters, { one: "1 Zeichen", other: "# Zeichen" }),
  failed: (name: string, why: string) => `${name} wurde nicht angehängt. ${why}`,
  tooLong: (name: string, tokens: number, room: number) =>
    `${name} ist zu lang für diesen Assistenten: Die Datei braucht ${count(tokens, { one: "1 Token", other: "# Tokens" })}, Platz ist für ${count(room, { one: "eines", other: "#" })}. Hängen Sie nur den Teil an, auf den es ankommt.`,
  tooLarge: (name: string) => `${name} ist größer als 5 MB. Hängen Sie nur den Teil an, auf den es ankommt.`,
  tooMany: (most: number) =>
    count(most, {
      one: "Zu einer Nachricht gehört höchstens eine Datei.",
      other: "Zu einer Nachricht gehören höchstens # Dateien.",
    }),
  note: "Der Assistent liest dies als Material. Anweisungen darin befolgt er nicht.",
  close: "Schließen",
};

export const own: Texts["own"] = {
  pin: "Oben anheften",
  unpin: "Lösen",
  share: "Link teilen …",
  saveMarkdown: "Als Markdown speichern",
  saveJson: "Als JSON speichern",
  saveFailed: (why: string) => `Es wurde nichts gespeichert. ${why}`,
  saved: "Gespeichert.",
  imported: "Importiert",
  importedNote:
    "Diese Unterhaltung wurde aus einer Datei importiert. Sie gehört nur Ihnen: Aus ihr wird nichts gelernt.",
  foundIn: "In einer Nachricht gefunden",
};

export const temporary: Texts["temporary"] = {
  start: "Temporärer Chat",
  on: "Der temporäre Chat ist an",
  leave: "Temporären Chat verlassen",
  title: "Ein temporärer Chat",
  note: "Er steht nicht in Ihrer Liste, niemand lernt daraus, und er ist weg, sobald Sie ihn verlassen oder diese Seite neu laden.",
};

export const sharing: Texts["sharing"] = {
  title: "Diese Unterhaltung teilen",
  text: "Wer den Link hat, kann sie bis zur jetzt letzten Nachricht lesen, ohne sich anzumelden. Was Sie später schreiben, wird nicht gezeigt.",
  warning:
    "Lesen Sie sie vorher durch: Namen, Adressen und andere persönliche Angaben darin werden so gezeigt, wie sie sind.",
  days: "Der Link gilt für",
  forDays: (days: number) => count(days, { one: "1 Tag", other: "# Tage" }),
  make: "Link erstellen",
  link: "Der Link, nur dieses eine Mal angezeigt",
  copy: "Link kopieren",
  links: "Gültige Links",
  made: (date: string) => `erstellt am ${date}`,
  until: (date: string) => `bis ${date}`,
  messages: (n: number) => count(n, { one: "1 Nachricht", other: "# Nachrichten" }),
  revoke: "Widerrufen",
  revoked: "Der Link funktioniert nicht mehr.",
  close: "Schließen",
  nothing: "Es gibt noch nichts zu teilen.",
  shownTitle: (title: string) => `${title} · geteilt`,
  shownBy: (bot: string) => `Eine Unterhaltung mit ${bot}, per Link geteilt`,
  shownUntil: (date: string) => `Diese Seite ist bis ${date} verfügbar.`,
  ended: "Dieser Link funktioniert nicht",
  start: "Selbst eine Frage stellen",
  user: "Gefragt",
};

export const mine: Texts["mine"] = {
  title: "Ihre Daten",
  open: "Ihre Daten und Datenschutz",
  consentTitle: "Dürfen Ihre Unterhaltungen helfen, diesen Assistenten zu verbessern?",
  yes: "Ja, Sie dürfen sie verwenden",
  no: "Nein",
  granted: (date: string) => `Sie haben am ${date} zugestimmt.`,
  refused: "Sie haben nicht zugestimmt: Aus dem, was Sie schreiben, wird nichts gelernt.",
  unasked: "Aus dem, was Sie hier schreiben, wird nichts gelernt: Dieser Assistent bittet nicht darum.",
  withdraw: "Widerrufen",
  agree: "Zustimmen",
  kept: (days: number) =>
    days === 0
      ? "Ihre Unterhaltungen werden aufbewahrt, bis Sie sie löschen."
      : count(days, {
          one: "Unterhaltungen werden nach einem Tag ohne neue Nachricht gelöscht.",
          other: "Unterhaltungen werden nach # Tagen ohne neue Nachricht gelöscht.",
        }),
  changed: "Gespeichert. Vielen Dank.",
  exportTitle: "Ihre Daten mitnehmen",
  exportText: "Alles, was über Sie gespeichert ist, als ZIP-Datei.",
  export: "Alles exportieren",
  importTitle: "Eine Unterhaltung zurückholen",
  importText: "Eine JSON-Datei, die zuvor hier gespeichert wurde.",
  import: "Datei importieren …",
  importFailed: (why: string) => `Die Datei wurde nicht importiert. ${why}`,
  notOurs: "Das ist keine Unterhaltung, die hier gespeichert wurde.",
  deleteTitle: "Alles löschen",
  deleteText:
    "Alle Ihre Unterhaltungen, Bewertungen und Angaben zur Einwilligung werden endgültig gelöscht, ebenso die Links, die Sie geteilt haben.",
  delete: "Alle meine Daten löschen …",
  deleteSure: "Endgültig löschen",
  deleteCancel: "Behalten",
  close: "Schließen",
};

export const tasks: Texts["tasks"] = {
  title: "Sie testen eine neue Version",
  done: (done: number, all: number) => `${done} von ${all} erledigt`,
  until: (date: string) => `Der Test endet am ${date}.`,
  note: (task: string) => `Ihre Notiz zu „${task}“`,
  notePlaceholder: "Wie ist es gelaufen? (optional)",
  leave: "Test verlassen",
  leaveText: "Danach sprechen Sie wieder mit dem üblichen Assistenten.",
  thanks: "Alles erledigt. Vielen Dank!",
};

export const person: Texts["person"] = {
  ask: "Mit einem Menschen sprechen",
  wanted: "Jemand aus dem Team wurde dazugebeten. Sie können inzwischen weiterschreiben.",
  here: (name: string) =>
    name ? `${name} hat übernommen und antwortet Ihnen jetzt.` : "Ein Mensch hat übernommen und antwortet Ihnen jetzt.",
  back: "Mit dem Assistenten weitermachen",
  ended: "Der Assistent antwortet wieder.",
  answerOf: (name: string) => (name ? `Antwort von ${name}` : "Antwort eines Menschen"),
  tag: (name: string) => (name ? `${name}, ein Mensch aus dem Team` : "Ein Mensch aus dem Team"),
  waiting: "Ihre Nachricht ist beim Team.",
  placeholder: (name: string) => (name ? `Nachricht an ${name}` : "Nachricht an das Team"),
};

export const page: Texts["page"] = {
  waiting: "Keine Verbindung. Die Nachricht wird gesendet, sobald die Verbindung wieder da ist.",
  dontSend: "Nicht senden",
  update: "Eine neue Version dieser Seite ist bereit.",
  updateNow: "Neu laden",
  next: "Das könnten Sie als Nächstes fragen",
};

import { count } from "../../de/count";
import type { ConsoleTexts } from "../text";

/** By kind of reason: why such a row is left out, and what to do to keep rows like it. */
const kinds: ConsoleTexts["data"]["kinds"] = {
  exact: {
    why: "Dieselbe Unterhaltung steht schon in den Daten, von Großschreibung und Leerzeichen abgesehen.",
    keep: "Es geht nichts verloren: Aus einer davon wird gelernt.",
  },
  near: {
    why: "Sie sagt fast dasselbe wie eine andere, die bleibt.",
    keep: "Erhöhen Sie near_duplicates unter [data], oder setzen Sie es auf 0, um alle zu behalten.",
  },
  question: {
    why: "Sie stellt eine Frage, mit der der Bot getestet wird. Würde sie gelernt, wäre der Test wertlos.",
    keep: "Nehmen Sie die Frage aus den Testfällen, wenn sie zum Lernen nützlicher ist.",
  },
  judged: {
    why: "Ihre Antwort wurde als schlecht beurteilt, und sie würde zum Testen dienen.",
    keep: "Korrigieren Sie die Antwort oder die Beurteilung.",
  },
  taught: {
    why: "Sie war für das Testen zurückgelegt, und eine geprüfte Korrektur lehrt ihre Frage.",
    keep: "Nichts zu tun: Stattdessen wird die Korrektur gelernt.",
  },
  superseded: {
    why: "Eine geprüfte Korrektur sagt, dass ihre Antwort falsch ist.",
    keep: "Machen Sie die Korrektur in der Prüfung rückgängig, falls die Antwort richtig war.",
  },
  erased: {
    why: "Sie nennt eine Person, deren Daten gelöscht wurden.",
    keep: "Sie darf nicht behalten werden.",
  },
  long: {
    why: "Eine Nachricht darin ist länger als erlaubt.",
    keep: "Erhöhen Sie max_message_chars unter [data], oder kürzen Sie den Text.",
  },
  repeats: {
    why: "Eine Nachricht sagt immer wieder dasselbe, und ein Bot würde das übernehmen.",
    keep: "Nehmen Sie repetition aus steps unter [data].",
  },
  language: {
    why: "Sie ist in einer Sprache, die der Bot nicht spricht.",
    keep: "Fügen Sie die Sprache unter [bot] bei languages hinzu.",
  },
  assistant: {
    why: "Niemand antwortet darin, also gibt es nichts zu lernen.",
    keep: "Geben Sie bei einem Chat zwischen Menschen beim Hinzufügen an, als wer der Bot spricht.",
  },
  user: {
    why: "Niemand fragt darin.",
    keep: "Geben Sie bei einem Chat zwischen Menschen an, als wer der Bot spricht: Alle anderen fragen.",
  },
  json: {
    why: "Die Zeile ist kein gültiges JSON.",
    keep: "Exportieren Sie die Datei neu, mit einem JSON-Wert pro Zeile.",
  },
  encoding: {
    why: "Die Zeile enthält Bytes, die kein Text sind.",
    keep: "Speichern Sie die Datei als UTF-8, und fügen Sie sie neu hinzu.",
  },
  textless: {
    why: "Es ist ein Bild, eine Datei oder Ähnliches, ohne Worte.",
    keep: "Nur aus Worten lässt sich lernen.",
  },
  notice: {
    why: "Es ist ein Hinweis des Programms, etwa dass jemand beigetreten ist.",
    keep: "Es geht nichts verloren: Niemand hat es gesagt.",
  },
  bot: {
    why: "Ein anderer Bot hat es geschrieben.",
    keep: "Geben Sie beim Hinzufügen diesen Bot als denjenigen an, als der Ihrer spricht.",
  },
  deleted: {
    why: "Wer es geschrieben hat, hat es gelöscht.",
    keep: "Es kann nicht behalten werden.",
  },
  shape: {
    why: "Es fehlt, was dieses Format braucht, etwa eine Frage und eine Antwort, oder eine Rolle ist nicht bekannt.",
    keep: "Geben Sie an, was jede Spalte enthält, benennen Sie die Rollen in user und assistant um, oder wählen Sie ein anderes Format.",
  },
};

export const data: ConsoleTexts["data"] = {
  title: "Daten",
  about: "Woraus der Bot lernt: die Dateien, die daraus gebauten Datensätze und jede ausgelassene Zeile samt Grund.",
  build: "Datensatz bauen",
  dataset: "Datensatz",
  datasetNamed: (id: string, when: string, used: boolean) => `${id}, ${when}${used ? ", in Gebrauch" : ""}`,
  none: "Noch kein Datensatz",
  noneText:
    "Fügen Sie Unterhaltungen hinzu, und bauen Sie dann einen Datensatz daraus. Ein Training baut auch von selbst einen.",
  tabs: { report: "Bericht", rejected: "Ausgelassen", compared: "Änderungen", files: "Dateien" },
  splits: {
    train: "zum Lernen",
    dev: "zum Beobachten des Lernens",
    test: "zum Testen",
    judged: "als schlecht beurteilt",
  },
  roles: { user: "Besucher", assistant: "Bot", system: "System", tool: "Werkzeug", evidence: "Beleg" },
  kinds,
  work: {
    kinds: {
      data: "Datensatz bauen",
      import: "Hinzufügen",
      train: "Training",
      evaluate: "Evaluation",
      improve: "Verbesserung",
    },
    states: {
      running: "läuft",
      done: "fertig",
      failed: "fehlgeschlagen",
      stopped: "angehalten",
      interrupted: "unterbrochen",
    },
    stop: "Anhalten",
    said: "Ausgabe",
  },
  report: {
    read: "Gelesene Zeilen",
    train: "Training",
    trainHint: "daraus wird gelernt",
    dev: "Entwicklung",
    devHint: "beim Lernen beobachtet",
    test: "Test",
    testHint: "für die endgültigen Zahlen",
    rejected: "Ausgelassen",
    leaking: "Testzeilen im Training gesehen",
    leakingHint: "sollte 0 sein",
    reasons: "Warum Zeilen ausgelassen wurden",
    noneRejected: "Keine: Jede Zeile steht im Datensatz.",
    download: "Bericht herunterladen",
    hidden: "Was geschwärzt wurde",
    hiddenOff:
      "Nichts: Namen und Nummern werden gelernt, wie sie dastehen. Platzhalter werden unter [privacy] in bot.toml eingeschaltet.",
    hiddenAbout: "Persönliche Angaben, die das Modell nie sieht. Die Beispiele zeigen, was es stattdessen sieht.",
    sources: "Dateien",
    file: "Datei",
    format: "Format",
    languages: "Sprachen",
    clusters: "Beinahe-Duplikate",
    clustersAbout:
      "Die größten Gruppen von Zeilen, die fast dasselbe sagen. Je eine bleibt; sehen Sie nach, ob sie wirklich gleich sind.",
    topics: "Der Themenbereich im Vergleich mit den Daten",
    sampled: (n: number) =>
      `Wie viele von ${n} Unterhaltungen nach ihren Wörtern zu jedem Thema zu gehören scheinen: ein erster Blick, keine Zählung.`,
    groups: "Wonach gefragt wird",
    examples: "Beispiele",
  },
  rejected: {
    search: "Im Text suchen",
    reason: "Grund",
    file: "Datei",
    all: "alle",
    keep: "Um solche Zeilen zu behalten:",
    none: "Keine Zeilen",
    noneText: "Es wurde nichts ausgelassen.",
    noneFit: "Keine passt. Suchen Sie nach etwas anderem.",
    noText: "(kein Text)",
    shown: (from: number, to: number, total: number) =>
      `${from} bis ${to} von ${count(total, { one: "1 Zeile", other: "# Zeilen" })}`,
    before: "Zurück",
    next: "Weiter",
    alike: (share: string) => `${share} gleich`,
    like: (name: string) => `wie ${name}`,
    place: (source: string, position: number) => `${source}, Stelle ${position + 1}`,
    showKept: "Die anzeigen, die bleibt",
  },
  row: {
    title: "Unterhaltung",
    about: (source: string, position: number, split: string) => `${source}, Stelle ${position + 1}; ${split}`,
  },
  compared: {
    with: "Verglichen mit",
    none: "Nichts zu vergleichen",
    noneText:
      "Es gibt nur einen Datensatz. Wenn sich die Dateien ändern und ein weiterer gebaut wird, sehen Sie hier die Unterschiede.",
    counts: (added: number, gone: number, moved: number, same: number) =>
      `${count(added, { one: "1 Unterhaltung ist neu", other: "# Unterhaltungen sind neu" })}, ${count(gone, { one: "1 ist weg", other: "# sind weg" })}, ${count(moved, { one: "1 hat die Seite gewechselt", other: "# haben die Seite gewechselt" })}, ${count(same, { one: "1 ist wie zuvor", other: "# sind wie zuvor" })}.`,
    reasons: "Ausgelassen",
    before: "Vorher",
    after: "Nachher",
    kinds: { added: "Neu", gone: "Weg", moved: "Auf der anderen Seite" },
    first: (shown: number, all: number) => (shown < all ? `Die ersten ${shown} von ${all}.` : ""),
  },
  files: {
    about: "Sie werden hier nie geändert. Um eine Datei wegzunehmen, entfernen Sie sie aus dem Ordner des Bots.",
    caption: "Dateien",
    file: "Datei",
    format: "Gelesen als",
    said: "wie angegeben",
    held: "nur zum Testen",
    size: "Größe",
    at: "Geändert",
    none: "Noch keine Dateien",
    noneText: "Fügen Sie Chats, Tickets, E-Mails oder eine Tabelle mit Fragen und Antworten hinzu.",
  },
  add: {
    open: "Unterhaltungen hinzufügen",
    about:
      "Chats, Tickets, E-Mails, Tabellen mit Fragen und Antworten. Sie sehen, wie die Datei gelesen wird, bevor sie übernommen wird.",
    file: "Datei",
    limits: (endings: string, largest: string) => `${endings}, bis ${largest}`,
    tooLarge: (largest: string) =>
      `Die Datei ist größer als ${largest}. Teilen Sie sie auf, oder verwenden Sie die Befehlszeile.`,
    progress: (name: string) => `${name} wird hochgeladen`,
    looking: "Wird angesehen …",
    format: "Format",
    formatHint: "Am Inhalt erkannt. Wählen Sie ein anderes, wenn die Unterhaltungen unten falsch aussehen.",
    detected: (format: string) => `erkannt: ${format}`,
    detect: "erkennen",
    who: "Als wer spricht der Bot?",
    speaker: (name: string, messages: number) =>
      `${name} (${count(messages, { one: "1 Nachricht", other: "# Nachrichten" })})`,
    dates: "Reihenfolge im Datum",
    datesFound: "erkennen",
    dmy: "Tag, Monat, Jahr",
    mdy: "Monat, Tag, Jahr",
    ymd: "Jahr, Monat, Tag",
    evaluation: "Nur zum Testen",
    evaluationHint: "Daraus wird nie gelernt: Der Bot wird mit diesen Unterhaltungen getestet.",
    isDocument: "Das ist ein Dokument, keine Unterhaltung. Es gehört zu dem, woraus der Bot antwortet:",
    whole: (kept: string, rows: string) => `${kept} von ${rows} Zeilen sind verwendbar.`,
    beginning: (kept: string, rows: string) => `Von den ersten ${rows} Zeilen sind ${kept} verwendbar.`,
    take: "Diese Datei hinzufügen",
  },
};

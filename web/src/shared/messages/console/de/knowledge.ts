import { count } from "../../de/count";
import type { ConsoleTexts } from "../text";

export const knowledge: ConsoleTexts["knowledge"] = {
  title: "Wissen",
  about:
    "Die Dokumente, aus denen der Bot antwortet. Eine Änderung wirkt binnen Sekunden, und jede lässt sich rückgängig machen.",
  readNow: "Alles neu lesen",
  reading: "Wird gelesen …",
  tabs: { documents: "Dokumente", addresses: "Adressen", versions: "Versionen", search: "Testsuche" },
  status: {
    counts: (documents: number, passages: number) =>
      `${count(documents, { one: "1 Dokument", other: "# Dokumente" })}, ${count(passages, { one: "1 Passage", other: "# Passagen" })}`,
    readAt: (when: string) => `Stand dieser Version: ${when}.`,
    watched: "Dateien werden gelesen, wenn sie sich ändern.",
    unwatched: "Dateien werden gelesen, wenn jemand es verlangt.",
    everyMinutes: (minutes: number) =>
      count(minutes, {
        one: "Adressen werden jede Minute gelesen.",
        other: "Adressen werden alle # Minuten gelesen.",
      }),
    noClock: "Adressen werden gelesen, wenn jemand es verlangt.",
    readingNow: (what: string) => (what ? `Wird gelesen: ${what}` : "Wird gelesen …"),
    problems: (n: number) =>
      count(n, { one: "1 konnte nicht gelesen werden", other: "# konnten nicht gelesen werden" }),
    byMeaning: (done: number, all: number) => `Auch nach Bedeutung auffindbar: ${done} von ${all} Passagen`,
    failed: (why: string) => `Nicht gelesen: ${why}`,
  },
  held: {
    text: "Es wird eine frühere Version durchsucht. Seitdem geänderte Dokumente zählen erst, wenn Sie wieder zum jetzigen Stand gehen.",
    forward: "Zum jetzigen Stand gehen",
    done: "Der jetzige Stand wird durchsucht.",
  },
  done: {
    nothing: "Nichts ist anders.",
    synced: (added: number, changed: number, removed: number) =>
      [
        added ? count(added, { one: "1 Dokument hinzugefügt", other: "# Dokumente hinzugefügt" }) : "",
        changed ? count(changed, { one: "1 Dokument geändert", other: "# Dokumente geändert" }) : "",
        removed ? count(removed, { one: "1 Dokument gelöscht", other: "# Dokumente gelöscht" }) : "",
      ]
        .filter(Boolean)
        .join(", ") + ".",
    undone: "Rückgängig gemacht.",
  },
  documents: {
    caption: "Dokumente",
    search: "Nach Namen suchen",
    order: "Reihenfolge",
    orders: { name: "Name", newest: "Neueste zuerst", passages: "Meiste Passagen zuerst" },
    trouble: "Nur, was einen Blick braucht",
    delete: (n: number) => count(n, { one: "1 Dokument löschen", other: "# Dokumente löschen" }),
    document: "Dokument",
    notes: "Hinweise",
    passages: "Passagen",
    cited: "Antworten in 30 Tagen",
    size: "Größe",
    at: "Geändert",
    marks: (n: number) => count(n, { one: "1 Anweisung an Maschinen", other: "# Anweisungen an Maschinen" }),
    twin: "gleicher Inhalt doppelt",
    kinds: { file: "Datei", page: "Webseite", listed: "Webseite aus einer Liste" },
    none: "Noch keine Dokumente",
    noneText:
      "Laden Sie hoch, wonach Ihre Kunden fragen: Öffnungszeiten, Preise, Regeln, Anleitungen. Oder fügen Sie eine Adresse Ihrer Website hinzu.",
    noneFit: "Keines passt",
    noneFitText: "Suchen Sie nach etwas anderem, oder zeigen Sie alle an.",
    narrow: (total: number) => `Es gibt ${total}. Suchen Sie nach Namen, um die anderen zu sehen.`,
  },
  upload: {
    open: "Dokumente hochladen",
    about: "Sie werden sofort gelesen. Für den Bot ändert sich nichts, bevor Sie gesehen haben, was es bewirkt.",
    dropHere: "Dateien hier ablegen",
    choose: "Dateien wählen",
    limits: (endings: string, largest: string) => `${endings}, je bis ${largest}`,
    tooLarge: "Diese Datei ist zu groß. Teilen Sie sie auf, und versuchen Sie es noch einmal.",
    wrongKind: (endings: string) => `Dateien dieser Art werden nicht gelesen. Möglich sind ${endings}.`,
    leaveOut: (name: string) => `${name} auslassen`,
    progress: (name: string) => `${name} wird hochgeladen`,
    read: (passages: number, size: string) => `${count(passages, { one: "1 Passage", other: "# Passagen" })}, ${size}`,
    same: "ist schon da, unverändert",
    replaces: "ersetzt das Dokument dieses Namens",
    marks: (n: number) => count(n, { one: "1 Anweisung an Maschinen", other: "# Anweisungen an Maschinen" }),
    look: "Zeigen, was das bewirkt",
    looking: "Wird angesehen …",
    take: (n: number) => count(n, { one: "1 Dokument übernehmen", other: "# Dokumente übernehmen" }),
  },
  difference: {
    kinds: { added: "neu", changed: "geändert", removed: "gelöscht", same: "wie zuvor" },
    passages: (added: number, changed: number, gone: number, same: number) =>
      `Passagen: ${
        [
          added ? `${added} neu` : "",
          changed ? `${changed} geändert` : "",
          gone ? `${gone} weg` : "",
          same ? `${same} wie zuvor` : "",
        ]
          .filter(Boolean)
          .join(", ") || "keine"
      }.`,
    twin: (name: string) => `Hat denselben Inhalt wie ${name} und wird nur einmal geführt.`,
    cited: (n: number) =>
      count(n, {
        one: "1 Antwort der letzten 30 Tage stützt sich darauf.",
        other: "# Antworten der letzten 30 Tage stützen sich darauf.",
      }),
    morePassages: (n: number) => count(n, { one: "Und 1 weitere Passage.", other: "Und # weitere Passagen." }),
  },
  plan: {
    stale: (names: readonly string[]) =>
      `Inzwischen hat jemand anderes ${names.join(", ")} geändert. Unten steht der Unterschied zu diesem Stand, der ersetzt würde.`,
    elsewhere:
      "Auch diese wären anders, weil der Ordner anderswo geändert wurde oder eine frühere Version durchsucht wird:",
    cases: "Testfälle",
    tooMany: "Es sind zu viele, um sie vorher zu prüfen. Sie werden nach der Änderung neu gestellt.",
    noCases: "Es gibt noch keine. Geprüfte Korrekturen werden zu Testfällen.",
    noneMoved: (n: number) =>
      count(n, {
        one: "Der einzige findet dieselbe Passage.",
        other: "Alle # finden dieselben Passagen wie zuvor.",
      }),
    moved: (n: number, all: number) => `${n} von ${all} würden zuerst eine andere Passage finden:`,
    before: "Vorher:",
    after: "Nachher:",
    nothing: "nichts Passendes",
  },
  remove: {
    title: (n: number) => count(n, { one: "Dieses Dokument löschen?", other: "# Dokumente löschen?" }),
    text: "Daraus wird sofort nicht mehr geantwortet, und es verschwindet auch aus früheren Versionen. Auf dieser Seite können Sie das rückgängig machen.",
    action: "Löschen",
    wait: "Bitte warten, bis klar ist, was sich darauf stützt.",
    passages: (n: number) => count(n, { one: "1 Passage", other: "# Passagen" }),
    cited: (n: number) =>
      count(n, {
        one: "1 Antwort der letzten 30 Tage stützt sich darauf.",
        other: "# Antworten der letzten 30 Tage stützen sich darauf.",
      }),
    notCited: "Keine Antwort der letzten 30 Tage stützt sich darauf.",
    cases: (n: number) =>
      count(n, { one: "1 Testfall würde etwas anderes finden:", other: "# Testfälle würden etwas anderes finden:" }),
    final: "Endgültig",
    finalHint:
      "Es wird keine Kopie aufbewahrt: Das lässt sich nicht rückgängig machen. Für Dokumente, die nie hier sein sollten.",
  },
  view: {
    edit: "Text bearbeiten",
    delete: "Löschen",
    passages: (n: number) => count(n, { one: "1 Passage", other: "# Passagen" }),
    page: (n: number) => `Seite ${n}`,
    place: (start: number, end: number) => `Zeichen ${start} bis ${end}`,
    order: (text: string) => `Spricht zu Maschinen: „${text}“`,
    changed: (when: string) => `geändert ${when}`,
    characters: (n: string) => `${n} Zeichen`,
    cited: (n: number) => count(n, { one: "1 Antwort in 30 Tagen", other: "# Antworten in 30 Tagen" }),
    twin: (name: string) => `Es hat denselben Inhalt wie ${name} und wird nur einmal geführt.`,
    label: (label: string) => `Für Personen mit dem Label ${label}.`,
    marks:
      "Etwas darin gibt Maschinen Anweisungen. Einem Modell wird es als Zitat gezeigt; besser ist es, es herauszunehmen.",
  },
  edit: {
    label: (name: string) => `Text von ${name}`,
    look: "Zeigen, was das bewirkt",
    replaceTheirs: "Den anderen Stand durch meinen ersetzen",
  },
  addresses: {
    about: "Seiten, Sitemaps und Feeds, die abgerufen werden. Sonst nichts aus dem Web.",
    caption: "Adressen",
    label: "Adresse einer Seite, einer Sitemap oder eines Feeds",
    hint: "Sie wird zuerst angesehen: Sie erfahren, was dort ist oder warum es nicht gelesen werden kann.",
    add: "Hinzufügen",
    looking: "Wird angesehen …",
    addedPage: (title: string) => `${title} ist hinzugefügt und wird jetzt gelesen.`,
    addedList: (n: number) =>
      count(n, {
        one: "Eine Liste mit 1 Seite ist hinzugefügt und wird jetzt gelesen.",
        other: "Eine Liste mit # Seiten ist hinzugefügt und wird jetzt gelesen.",
      }),
    address: "Adresse",
    pages: "Dokumente",
    fixed: "in bot.toml",
    remove: "Entfernen",
    removeOne: (url: string) => `${url} entfernen`,
    removed: "Die Adresse ist entfernt, und was von dort gelesen wurde, ebenfalls.",
    none: "Keine Adressen",
    noneText: "Fügen Sie die Seite mit Ihren Öffnungszeiten hinzu, oder die Sitemap Ihrer Website.",
    rules: (pages: number) =>
      `Nur öffentliche Hosts, über http und https. Höchstens ${pages} Seiten einer Liste, von den Hosts, die Sie angegeben haben; robots.txt wird beachtet.`,
  },
  versions: {
    about:
      "Jede Änderung erzeugt eine Version. Beim Zurückgehen wird jene wieder durchsucht; was seitdem gelöscht wurde, kommt nicht zurück.",
    caption: "Versionen",
    made: "Version",
    current: "jetzt durchsucht",
    documents: "Dokumente",
    lacking: "Seitdem gelöscht",
    actions: "Was damit zu tun ist",
    whatChanged: "Was sie geändert hat",
    toNow: "Von ihr bis jetzt",
    goBack: "Dorthin zurückgehen",
    goBackTitle: "Diese Version wieder durchsuchen?",
    goBackText: (when: string, lacking: number) =>
      `Der Bot antwortet aus den Dokumenten auf diesem Stand (${when}), bis jemand wieder zum jetzigen geht. Dateien werden nicht angerührt.${
        lacking
          ? ` ${count(lacking, { one: "1 Dokument, das seitdem gelöscht wurde, bleibt", other: "# Dokumente, die seitdem gelöscht wurden, bleiben" })} weg.`
          : ""
      }`,
    rolledBack: "Jetzt wird eine frühere Version durchsucht.",
    none: "Noch keine Versionen",
    noneText: "Das erste Dokument erzeugt die erste Version.",
    edits: "Änderungen auf dieser Seite",
    fromTo: (before: string, after: string) => `Von ${before} bis ${after}`,
    nothing: "Es gibt keinen Unterschied.",
    moreDocuments: (n: number) => count(n, { one: "Und 1 weiteres Dokument.", other: "Und # weitere Dokumente." }),
  },
  edits: {
    none: "Noch keine. Auch Änderungen im Ordner selbst erzeugen Versionen.",
    tookBack: "Rückgängig gemacht:",
    added: (name: string) => `${name} hinzugefügt`,
    changed: (name: string) => `${name} geändert`,
    deleted: (name: string) => `${name} gelöscht`,
    by: (who: string, when: string) => `${who}, ${when}`,
    undone: "rückgängig gemacht",
    final: "endgültig",
  },
  search: {
    label: "Eine Frage, wie jemand sie stellen könnte",
    placeholder: "Wann haben Sie geöffnet?",
    ask: "Suchen",
    as: "Gefragt von",
    everybody: "allen",
    compare: "Vergleichen mit",
    empty: "Was würde gefunden?",
    emptyText: "Sie sehen die Passagen mit ihren Wertungen, was der Bot sagen würde, und warum.",
    found: (hits: number, all: number) => `${count(hits, { one: "1 Passage", other: "# Passagen" })} von ${all}`,
    nothing: (unknown: number, words: number) =>
      (words > 0 && unknown === words
        ? "Nichts gefunden: Keines dieser Wörter steht in einem Dokument."
        : "Nichts gefunden.") as string as ReturnType<ConsoleTexts["knowledge"]["search"]["nothing"]>,
    now: "Jetzt durchsucht",
    then: "In jener Version",
    covers: (share: string) => `${share} der Wörter der Frage`,
    bm25: (score: string) => `Wortwertung ${score}`,
    cosine: (score: string) => `Bedeutung ${score}`,
  },
  route: {
    title: "Was der Bot sagen würde",
    routes: {
      curated: "kuratierte Antwort",
      retrieved: "aus dem Bekannten",
      generated: "vom Modell geschrieben",
      refused: "abgelehnt",
    },
    why: "Warum",
    needs: (least: string) => `Eine Antwort muss zu ${least} sicher sein, um gegeben zu werden.`,
    kinds: {
      curated: "eine kuratierte Antwort",
      standard: "eine Antwort aus den Daten",
      quoted: "ein Zitat aus einem Dokument",
      generated: "was das Modell schreibt",
    },
    declines: "(lehnt ab)",
    ungrounded: (facts: string) => `Steht in nichts, was bekannt ist: ${facts}`,
  },
};

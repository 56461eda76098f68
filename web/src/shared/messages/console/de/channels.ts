import { count } from "../../de/count";
import type { ConsoleTexts } from "../text";

export const channels: ConsoleTexts["channels"] = {
  title: "Kanäle",
  about: "Wo man den Bot erreicht, ob jeder Weg in Ordnung ist, und ein Test auf dem echten Weg.",
  states: { ready: "bereit", off: "aus", failed: "gestört" },
  names: {
    web: "Seite",
    widget: "Widget",
    api: "API",
  },
  abouts: {
    web: "Der Chat auf der eigenen Seite dieses Servers.",
    widget: "Der Chat auf anderen Websites, über ein einziges Script-Tag; es steht auf der Seite „Widget“.",
    api: "Programme mit einem API-Schlüssel, oder alle auf diesem Rechner, wo kein Schlüssel nötig ist.",
  },
  replies: (n: number) => count(n, { one: "1 Antwort am letzten Tag", other: "# Antworten am letzten Tag" }),
  failedReplies: (n: number) => count(n, { one: "1 davon fehlgeschlagen", other: "# davon fehlgeschlagen" }),
  facts: {
    page_of: "Die Seite spricht mit",
    visitors: "Ohne Anmeldung",
    writes_per_minute: "Nachrichten pro Minute und Adresse",
    running: "Antworten in Arbeit",
    sites: "Websites, die ihn zeigen dürfen",
    keys: "Schlüssel in Gebrauch",
    needed: "Verlangt einen Schlüssel",
    used_at: "Schlüssel zuletzt verwendet",
    vendor: "Anbieter",
    waiting: "Noch zu senden",
    dead: "Aufgegeben",
    trouble: "Was fehlt",
  },
  values: {
    true: "ja",
    false: "nein",
    auto: "nur auf diesem Rechner",
    required: "immer",
    off: "nie",
    0: "unbegrenzt",
  },
  autoNeeded: "sobald es einen gibt",
  test: "Testnachricht",
  testLabel: (name: string) => `Testfrage für: ${name}`,
  testHint: "Der Bot antwortet, wie er dort allen antworten würde. Nichts davon wird aufbewahrt.",
  send: "Senden",
  route: (route: string, took: string) => `${route}, ${took}`,
};

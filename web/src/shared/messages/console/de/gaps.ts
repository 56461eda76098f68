import { count } from "../../de/count";
import type { ConsoleTexts } from "../text";

export const gaps: ConsoleTexts["gaps"] = {
  title: "Wissenslücken",
  about:
    "Was gefragt wird und was der Bot nicht gut beantwortet: Er hat abgelehnt, die Antwort hat nicht gefallen, oder er war kaum sicher. Fragen, die etwa dasselbe meinen, stehen zusammen, die häufigsten zuerst.",
  days: "Gefragt in",
  periods: { "7": "7 Tagen", "30": "30 Tagen", "90": "90 Tagen", "365": "einem Jahr" },
  kindLabel: "Anzeigen",
  kinds: { all: "Alle", refused: "Abgelehnt", disliked: "Nicht gefallen", unsure: "Kaum sicher" },
  summary: (questions: number, well: string) =>
    `${count(questions, { one: "1 Frage wurde gestellt", other: "# Fragen wurden gestellt" })}; gut beantwortet: ${well}.`,
  unquoted: (n: number) =>
    count(n, {
      one: "1 weitere Frage hatte keine gute Antwort; wer sie stellte, hat nicht zugestimmt, zitiert zu werden.",
      other: "# weitere Fragen hatten keine gute Antwort; wer sie stellte, hat nicht zugestimmt, zitiert zu werden.",
    }),
  asked: (n: number) => count(n, { one: "einmal gefragt", other: "#-mal gefragt" }),
  refused: (n: number) => count(n, { one: "einmal abgelehnt", other: "#-mal abgelehnt" }),
  disliked: (n: number) => count(n, { one: "einmal nicht gefallen", other: "#-mal nicht gefallen" }),
  unsure: (n: number) => count(n, { one: "einmal kaum sicher", other: "#-mal kaum sicher" }),
  last: (when: string) => `zuletzt: ${when}`,
  alsoAsked: "Auch so gefragt",
  documents: "Nächstliegende Dokumente",
  covers: (share: string) => `${share} der Wörter`,
  noDocuments: "Kein Dokument sagt etwas Ähnliches.",
  todo: {
    curate: "Schreiben Sie eine Antwort, oder sagen Sie es im Dokument deutlicher.",
    document: "Schreiben Sie ein Dokument darüber, oder ergänzen Sie ein vorhandenes.",
    scope:
      "Schreiben Sie ein Dokument darüber; wenn es den Bot nichts angeht, führen Sie es in den Einstellungen als abgelehnt auf.",
  },
  curate: "Antwort schreiben",
  knowledge: "Dokumente durchsuchen",
  settings: "Zu den Einstellungen",
  emptyTitle: "Keine Wissenslücken",
  emptyText:
    "Entweder wurde in dieser Zeit nichts gefragt, oder alles wurde gut beantwortet. Zitiert wird nur, wer zugestimmt hat, dass seine Worte gelesen werden.",
  noneTitle: "Keine dieser Art",
  noneText: "Es gibt Wissenslücken anderer Art.",
  shown: (shown: string, total: string) => `Die ersten ${shown} von ${total}.`,
};

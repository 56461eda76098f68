import { count } from "../../en/count";

export const gaps = {
  title: "Gaps",
  about:
    "What people ask and the bot does not answer well: it declined, they did not like the answer, or it was hardly sure. Questions that mean about the same stand together, the most frequent first.",
  days: "Asked within",
  periods: { "7": "7 days", "30": "30 days", "90": "90 days", "365": "a year" },
  kindLabel: "Show",
  kinds: { all: "All", refused: "Declined", disliked: "Disliked", unsure: "Hardly sure" },
  summary: (questions: number, well: string) =>
    `${count(questions, "1 question was asked", "# questions were asked")}; ${well} of them were answered well.`,
  unquoted: (n: number) =>
    count(
      n,
      "1 more question had no good answer; whoever asked did not agree to be quoted.",
      "# more questions had no good answer; those who asked did not agree to be quoted.",
    ),
  asked: (n: number) => count(n, "asked once", "asked # times"),
  refused: (n: number) => count(n, "declined once", "declined # times"),
  disliked: (n: number) => count(n, "disliked once", "disliked # times"),
  unsure: (n: number) => count(n, "once hardly sure", "# times hardly sure"),
  last: (when: string) => `last time: ${when}`,
  alsoAsked: "Also asked as",
  documents: "Nearest documents",
  covers: (share: string) => `${share} of the words`,
  noDocuments: "No document says anything near.",
  todo: {
    curate: "Write an answer, or say it more plainly in the document.",
    document: "Write a document about it, or add it to one.",
    scope: "Write a document about it; if it is none of the bot's business, name it in the settings as declined.",
  },
  curate: "Write an answer",
  knowledge: "Search the documents",
  settings: "To the settings",
  emptyTitle: "No gaps",
  emptyText:
    "Either nobody asked anything in this time, or everything was answered well. Gaps are quoted only of people who agreed that their words are read.",
  noneTitle: "None of this kind",
  noneText: "There are gaps of another kind.",
  shown: (shown: string, total: string) => `The first ${shown} of ${total}.`,
};

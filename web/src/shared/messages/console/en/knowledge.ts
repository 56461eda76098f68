import { count } from "../../en/count";

export const knowledge = {
  title: "Knowledge",
  about: "The documents that the bot answers from. A change is answered from within seconds, and each can be undone.",
  readNow: "Read all again",
  reading: "Reading…",
  tabs: { documents: "Documents", addresses: "Addresses", versions: "Versions", search: "Test search" },
  status: {
    counts: (documents: number, passages: number) =>
      `${count(documents, "1 document", "# documents")}, ${count(passages, "1 passage", "# passages")}`,
    readAt: (when: string) => `This version is of ${when}.`,
    watched: "Files are read when they change.",
    unwatched: "Files are read when somebody asks for it.",
    everyMinutes: (minutes: number) =>
      count(minutes, "Addresses are read every minute.", "Addresses are read every # minutes."),
    noClock: "Addresses are read when somebody asks for it.",
    readingNow: (what: string) => (what ? `Reading: ${what}` : "Reading…"),
    problems: (n: number) => count(n, "1 could not be read", "# could not be read"),
    byMeaning: (done: number, all: number) => `Found by meaning, too: ${done} of ${all} passages`,
    failed: (why: string) => `Not read: ${why}`,
  },
  held: {
    text: "An earlier version is searched. Documents that were changed since do not count until you go forward.",
    forward: "Go forward to what is there now",
    done: "What is there now is searched.",
  },
  done: {
    nothing: "Nothing is different.",
    synced: (added: number, changed: number, removed: number) =>
      [
        added ? count(added, "1 document added", "# documents added") : "",
        changed ? count(changed, "1 document changed", "# documents changed") : "",
        removed ? count(removed, "1 document deleted", "# documents deleted") : "",
      ]
        .filter(Boolean)
        .join(", ") + ".",
    undone: "Undone.",
  },
  documents: {
    caption: "Documents",
    search: "Search by name",
    order: "Order",
    orders: { name: "Name", newest: "Newest first", passages: "Most passages first" },
    trouble: "Only what needs a look",
    delete: (n: number) => count(n, "Delete 1 document", "Delete # documents"),
    document: "Document",
    notes: "Notes",
    passages: "Passages",
    cited: "Answers in 30 days",
    size: "Size",
    at: "Changed",
    marks: (n: number) => count(n, "1 order to machines", "# orders to machines"),
    twin: "same content twice",
    kinds: { file: "File", page: "Web page", listed: "Web page of a list" },
    none: "No documents yet",
    noneText:
      "Upload what your customers ask about: opening times, prices, rules, manuals. Or add an address of your website.",
    noneFit: "None fits",
    noneFitText: "Search for something else, or show all.",
    narrow: (total: number) => `There are ${total}. Search by name to see the others.`,
  },
  upload: {
    open: "Upload documents",
    about: "They are read at once. Nothing changes for the bot until you have seen what it does.",
    dropHere: "Drop files here",
    choose: "Choose files",
    limits: (endings: string, largest: string) => `${endings}, up to ${largest} each`,
    tooLarge: "This file is too large. Split it, and try again.",
    wrongKind: (endings: string) => `Files of this kind are not read. Take one of ${endings}.`,
    leaveOut: (name: string) => `Leave out ${name}`,
    progress: (name: string) => `${name} is on its way`,
    read: (passages: number, size: string) => `${count(passages, "1 passage", "# passages")}, ${size}`,
    same: "is there already, unchanged",
    replaces: "replaces the one of this name",
    marks: (n: number) => count(n, "1 order to machines", "# orders to machines"),
    look: "Show what this does",
    looking: "Looking…",
    take: (n: number) => count(n, "Take 1 document", "Take # documents"),
  },
  difference: {
    kinds: { added: "new", changed: "changed", removed: "deleted", same: "as before" },
    passages: (added: number, changed: number, gone: number, same: number) =>
      `Passages: ${
        [
          added ? `${added} new` : "",
          changed ? `${changed} changed` : "",
          gone ? `${gone} gone` : "",
          same ? `${same} as before` : "",
        ]
          .filter(Boolean)
          .join(", ") || "none"
      }.`,
    twin: (name: string) => `Has the same content as ${name}, and is kept once.`,
    cited: (n: number) =>
      count(n, "1 answer of the last 30 days rests on it.", "# answers of the last 30 days rest on it."),
    morePassages: (n: number) => count(n, "And 1 more passage.", "And # more passages."),
  },
  plan: {
    stale: (names: readonly string[]) =>
      `Somebody else changed ${names.join(", ")} meanwhile. Below is the difference to theirs, which would be replaced.`,
    elsewhere:
      "These would be different, too, because the folder was changed elsewhere or an earlier version is searched:",
    cases: "Test cases",
    tooMany: "There is too much to try them beforehand. They are asked again after the change.",
    noCases: "There are none yet. Reviewed corrections become test cases.",
    noneMoved: (n: number) =>
      count(n, "The one there is finds the same passage.", "All # find the same passages as before."),
    moved: (n: number, all: number) => `${n} of ${all} would find another passage first:`,
    before: "Before:",
    after: "After:",
    nothing: "nothing that fits",
  },
  remove: {
    title: (n: number) => count(n, "Delete this document?", "Delete # documents?"),
    text: "It is answered from no more, at once, and it goes from earlier versions too. You can undo it on this page.",
    action: "Delete",
    wait: "Wait until it is clear what rests on it.",
    passages: (n: number) => count(n, "1 passage", "# passages"),
    cited: (n: number) =>
      count(n, "1 answer of the last 30 days rests on it.", "# answers of the last 30 days rest on this."),
    notCited: "No answer of the last 30 days rests on it.",
    cases: (n: number) => count(n, "1 test case would find something else:", "# test cases would find something else:"),
    final: "For good",
    finalHint: "No copy is kept: it cannot be undone. For documents that should never have been here.",
  },
  view: {
    edit: "Edit the text",
    delete: "Delete",
    passages: (n: number) => count(n, "1 passage", "# passages"),
    page: (n: number) => `page ${n}`,
    place: (start: number, end: number) => `characters ${start} to ${end}`,
    order: (text: string) => `Talks to machines: “${text}”`,
    changed: (when: string) => `changed ${when}`,
    characters: (n: string) => `${n} characters`,
    cited: (n: number) => count(n, "1 answer in 30 days", "# answers in 30 days"),
    twin: (name: string) => `It has the same content as ${name}, and is kept once.`,
    label: (label: string) => `For those with the label ${label}.`,
    marks: "Something in it gives orders to machines. It is shown to a model as a quotation; better to take it out.",
  },
  edit: {
    label: (name: string) => `Text of ${name}`,
    look: "Show what this does",
    replaceTheirs: "Replace theirs with mine",
  },
  addresses: {
    about: "Pages, sitemaps and feeds that are fetched. Nothing else of the web is.",
    caption: "Addresses",
    label: "Address of a page, a sitemap or a feed",
    hint: "It is looked at first: you hear what is there, or why it cannot be read.",
    add: "Add",
    looking: "Looking…",
    addedPage: (title: string) => `${title} is added, and read now.`,
    addedList: (n: number) =>
      count(n, "A list of 1 page is added, and read now.", "A list of # pages is added, and read now."),
    address: "Address",
    pages: "Documents",
    fixed: "in bot.toml",
    remove: "Remove",
    removeOne: (url: string) => `Remove ${url}`,
    removed: "The address is removed, and what was read from it.",
    none: "No addresses",
    noneText: "Add the page with your opening times, or the sitemap of your website.",
    rules: (pages: number) =>
      `Only public hosts, by http and https. At most ${pages} pages of a list, of the hosts that you named; robots.txt is obeyed.`,
  },
  versions: {
    about:
      "Every change makes a version. Going back searches that one again; what was deleted since does not come back.",
    caption: "Versions",
    made: "Version",
    current: "searched now",
    documents: "Documents",
    lacking: "Deleted since",
    actions: "What to do with it",
    whatChanged: "What it changed",
    toNow: "From it to now",
    goBack: "Go back to it",
    goBackTitle: "Search this version again?",
    goBackText: (when: string, lacking: number) =>
      `The bot answers from the documents as they were ${when}, until somebody goes forward. Files are not touched.${
        lacking
          ? ` ${count(lacking, "1 document that was deleted since stays", "# documents that were deleted since stay")} away.`
          : ""
      }`,
    rolledBack: "An earlier version is searched now.",
    none: "No versions yet",
    noneText: "The first document makes the first version.",
    edits: "Changes made on this page",
    fromTo: (before: string, after: string) => `From ${before} to ${after}`,
    nothing: "Nothing differs.",
    moreDocuments: (n: number) => count(n, "And 1 more document.", "And # more documents."),
  },
  edits: {
    none: "None yet. What is changed in the folder itself makes versions, too.",
    tookBack: "Undone:",
    added: (name: string) => `${name} added`,
    changed: (name: string) => `${name} changed`,
    deleted: (name: string) => `${name} deleted`,
    by: (who: string, when: string) => `${who}, ${when}`,
    undone: "undone",
    final: "for good",
  },
  search: {
    label: "A question, as somebody may ask it",
    placeholder: "When are you open?",
    ask: "Search",
    as: "Asked by",
    everybody: "everybody",
    compare: "Compare with",
    empty: "What would it find?",
    emptyText: "You see the passages with their scores, what the bot would say, and why.",
    found: (hits: number, all: number) => `${count(hits, "1 passage", "# passages")} of ${all}`,
    nothing: (unknown: number, words: number): string =>
      words > 0 && unknown === words
        ? "Nothing is found: none of these words stands in a document."
        : "Nothing is found.",
    now: "Searched now",
    then: "In that version",
    covers: (share: string) => `${share} of the question’s words`,
    bm25: (score: string) => `word score ${score}`,
    cosine: (score: string) => `meaning ${score}`,
  },
  route: {
    title: "What the bot would say",
    routes: {
      curated: "curated answer",
      retrieved: "from what is known",
      generated: "written by the model",
      refused: "refused",
    },
    why: "Why",
    needs: (least: string) => `A reply must be ${least} sure to be said.`,
    kinds: {
      curated: "a curated answer",
      standard: "a reply from the data",
      quoted: "a quotation of a document",
      generated: "what the model writes",
    },
    declines: "(it declines)",
    ungrounded: (facts: string) => `Stands in nothing that is known: ${facts}`,
  },
};

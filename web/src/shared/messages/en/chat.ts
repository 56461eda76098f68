import { count } from "./count";

export const chat = {
  log: "Conversation",
  you: "Your message",
  answerOf: (name: string) => `${name}’s answer`,
  answering: (name: string) => `${name} is answering`,
  answered: (name: string, answer: string) => `${name}: ${answer}`,
  retrying: "The connection was lost. Picking the answer up again…",
  stoppedNote: "Stopped.",
  interruptedNote: "The answer was interrupted.",
  failedNote: "The answer failed.",
  emptyNote: "The answer is empty.",
  notSent: "This was not sent.",
  noRetry: "No new answer was started.",
  toBox: "Put it back into the message box",
  leftOut: (n: number) =>
    count(n, "The oldest message was not shown to the model.", "The oldest # messages were not shown to the model."),
  earlier: (n: number) => count(n, "Show the earlier message", "Show # earlier messages"),
  jump: "Jump to the latest message",
  suggestions: "Suggested questions",
  automated: "You are talking to an automated assistant. It can be wrong.",
};

export const composer = {
  label: "Message",
  placeholder: (name: string) => `Message ${name}`,
  send: "Send",
  stop: "Stop",
  stopping: "Stopping…",
  tooLong: (length: number, most: number) =>
    `This message has ${length} characters, and ${most} can be sent at once. Shorten it, or send it in parts.`,
};

export const actions = {
  copy: "Copy",
  copied: "Copied",
  copyFailed: "The browser did not allow copying. Select the text and copy it yourself.",
  copyCode: "Copy code",
  retry: "Answer again",
  edit: "Edit",
  good: "Good answer",
  bad: "Bad answer",
  previous: "Previous version",
  next: "Next version",
  version: (n: number, total: number) => `Version ${n} of ${total}`,
  versions: "Versions",
};

export const edit = {
  label: "Edit your message",
  save: "Send",
  cancel: "Cancel",
  note: "The earlier version stays; you can switch between them.",
};

export const feedback = {
  title: { up: "What was good about it?", down: "What was wrong?" },
  comment: "Comment (optional)",
  correction: "What should the answer have been? (optional)",
  start: "Start from the given answer",
  send: "Send",
  close: "Close",
  remove: "Remove rating",
  saved: { up: "Thank you. Rated as good.", down: "Thank you. Rated as bad." },
  sent: "Thank you. Your feedback was sent.",
  removed: "Rating removed.",
};

export const routes = {
  generated: { label: "Generated", hint: "Written by the model." },
  refused: {
    label: "Refused",
    hint: "The assistant did not answer because it was not sure, or it is out of its scope.",
  },
  curated: { label: "Reviewed", hint: "An answer that a person has reviewed." },
  retrieved: { label: "From documents", hint: "Taken from the documents listed as sources." },
  known: { label: "Known answer", hint: "A reply that is known for questions like this one." },
};

export const sources = {
  title: (n: number) => count(n, "1 source", "# sources"),
  untitled: "Untitled source",
};

export const markdown = {
  image: (alt: string, host: string) => `Image not loaded: ${alt || "no description"} (${host})`,
  external: (host: string) => `opens ${host} in a new tab`,
  code: "Code",
  table: "Table",
  task: "Task",
  all: "Show all of it",
  allLines: (n: number) => `Show all ${n} lines`,
  allRows: (n: number) => `Show all ${n} rows`,
  allItems: (n: number) => `Show all ${n} items`,
};

import { count } from "./count";

export const attachments = {
  add: "Attach a file",
  title: "Attached",
  reading: (name: string) => `Reading ${name}…`,
  remove: (name: string) => `Remove ${name}`,
  open: (name: string) => `Show what ${name} says`,
  added: (name: string) => `${name} is attached.`,
  size: (characters: number) => count(characters, "1 character", "# characters"),
  failed: (name: string, why: string) => `${name} was not attached. ${why}`,
  tooLong: (name: string, tokens: number, room: number) =>
    `${name} is too long for this assistant: it takes ${count(tokens, "1 token", "# tokens")}, and there is room for ${count(room, "one", "#")}. Attach the part that matters.`,
  tooLarge: (name: string) => `${name} is larger than 5 MB. Attach the part that matters.`,
  tooMany: (most: number) => count(most, "One file goes with a message.", "At most # files go with a message."),
  note: "The assistant reads this as material. It does not follow instructions in it.",
  close: "Close",
};

export const own = {
  pin: "Pin to the top",
  unpin: "Unpin",
  share: "Share a link…",
  saveMarkdown: "Save as Markdown",
  saveJson: "Save as JSON",
  saveFailed: (why: string) => `Nothing was saved. ${why}`,
  saved: "Saved.",
  imported: "Imported",
  importedNote: "This conversation was imported from a file. It is yours alone: nothing is learned from it.",
  foundIn: "Found in a message",
};

export const temporary = {
  start: "Temporary chat",
  on: "Temporary chat is on",
  leave: "Leave the temporary chat",
  title: "A temporary chat",
  note: "It is not in your list, nobody learns from it, and it is gone when you leave or reload this page.",
};

export const sharing = {
  title: "Share this conversation",
  text: "Whoever has the link can read it up to the last message of now, without logging in. What you write later is not shown.",
  warning: "Read it through first: names, addresses and other personal details in it are shown as they are.",
  days: "The link works for",
  forDays: (days: number) => count(days, "1 day", "# days"),
  make: "Make the link",
  link: "The link, shown this once",
  copy: "Copy the link",
  links: "Links that work",
  made: (date: string) => `made ${date}`,
  until: (date: string) => `until ${date}`,
  messages: (n: number) => count(n, "1 message", "# messages"),
  revoke: "Revoke",
  revoked: "The link does not work any more.",
  close: "Close",
  nothing: "There is nothing to share yet.",
  shownTitle: (title: string) => `${title} · shared`,
  shownBy: (bot: string) => `A conversation with ${bot}, shared by link`,
  shownUntil: (date: string) => `This page ends on ${date}.`,
  ended: "This link does not work",
  start: "Ask a question of your own",
  user: "Asked",
};

export const mine = {
  title: "Your data",
  open: "Your data and privacy",
  consentTitle: "May your conversations help to improve this assistant?",
  yes: "Yes, you may use them",
  no: "No",
  granted: (date: string) => `You agreed on ${date}.`,
  refused: "You did not agree: nothing is learned from what you write.",
  unasked: "Nothing is learned from what you write here: this assistant does not ask for it.",
  withdraw: "Withdraw",
  agree: "Agree",
  kept: (days: number) =>
    days === 0
      ? "Your conversations are kept until you delete them."
      : count(
          days,
          "Conversations are deleted after one day.",
          "Conversations are deleted after # days without a word.",
        ),
  changed: "Saved. Thank you.",
  exportTitle: "Take your data along",
  exportText: "Everything that is kept of you, as a ZIP file.",
  export: "Export everything",
  importTitle: "Bring a conversation back",
  importText: "A JSON file that was saved here before.",
  import: "Import a file…",
  importFailed: (why: string) => `The file was not imported. ${why}`,
  notOurs: "It is not a conversation that was saved here.",
  deleteTitle: "Delete everything",
  deleteText:
    "All your conversations, ratings and answers about consent will be gone for good, and so will links that you shared.",
  delete: "Delete all my data…",
  deleteSure: "Delete it for good",
  deleteCancel: "Keep it",
  close: "Close",
};

export const tasks = {
  title: "You are testing a new version",
  done: (done: number, all: number) => `${done} of ${all} done`,
  until: (date: string) => `The test ends on ${date}.`,
  note: (task: string) => `Your note on “${task}”`,
  notePlaceholder: "How did it go? (optional)",
  leave: "Leave the test",
  leaveText: "You will talk to the usual assistant again.",
  thanks: "All done. Thank you!",
};

export const person = {
  ask: "Ask for a person",
  wanted: "A person of the team was asked to come. You can go on writing meanwhile.",
  here: (name: string) =>
    name ? `${name} has taken over and answers you now.` : "A person has taken over and answers you now.",
  back: "Go on with the assistant",
  ended: "The assistant answers again.",
  answerOf: (name: string) => (name ? `${name}’s answer` : "The answer of a person"),
  tag: (name: string) => (name ? `${name}, a person of the team` : "A person of the team"),
  waiting: "Your message is with them.",
  placeholder: (name: string) => (name ? `Message ${name}` : "Message the person"),
};

export const page = {
  waiting: "No connection. This is sent as soon as it is back.",
  dontSend: "Do not send it",
  update: "A new version of this page is ready.",
  updateNow: "Reload",
  next: "You could ask next",
};

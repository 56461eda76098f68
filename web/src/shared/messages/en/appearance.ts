export const theme = {
  title: "Appearance",
  light: "Light",
  dark: "Dark",
  system: "Like the system",
  contrast: "High contrast",
};

export const shortcuts = {
  title: "Keyboard shortcuts",
  close: "Close",
  send: "Send the message",
  newline: "New line",
  stop: "Stop the answer, or leave a form",
  editLast: "Edit your last message (in an empty box)",
  newConversation: "New conversation",
  search: "Search conversations",
  sidebar: "Show or hide conversations",
  focus: "Go to the message box",
  help: "This list",
  or: "or",
};

export const language = {
  title: "Language",
};

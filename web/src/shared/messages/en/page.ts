export const app = {
  skip: "Skip to the message box",
  loading: "Loading…",
  offline: "No connection to the server. Your conversation stays here; I go on as soon as it is back.",
  release: (id: string) => `Release ${id}`,
  crashed: "Something in this page went wrong. Your conversations are safe on the server.",
  reload: "Reload the page",
};

export const errors = {
  unreachable: "The server cannot be reached. Check your connection and try again.",
  unexpected: "Something went wrong. Try again.",
  status: (status: number) => `The server answered with an error (${status}). Try again in a moment.`,
  retry: "Try again",
  retryIn: (seconds: number) => `Try again in ${seconds} s`,
  botTitle: "The assistant is not available right now",
  conversationTitle: "This conversation could not be loaded",
  notFoundTitle: "This conversation does not exist",
  notFound: "It may have been deleted, or it belongs to someone else.",
  dismiss: "Dismiss",
  part: "This part of the page could not be shown. What is stored is safe.",
  message: "This message could not be shown as it is meant to be.",
};

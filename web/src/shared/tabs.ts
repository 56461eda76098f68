// Tells the page's other tabs that something has changed, so that they ask for it again. What has changed is not in it: a tab
// of somebody else, who logged in since, must learn nothing.

type News = { what: "list" } | { what: "conversation"; id: string };

const isNews = (value: unknown): value is News =>
  typeof value === "object" && value !== null && "what" in value && (value.what === "list" || "id" in value);

/** Where there is no such channel, each tab asks again when it comes into view. */
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("chatwright");

export const tabs = {
  tell: (news: News): void => channel?.postMessage(news),
  listen: (take: (news: News) => void): (() => void) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      if (isNews(event.data)) take(event.data);
    };
    channel?.addEventListener("message", onMessage);
    return () => channel?.removeEventListener("message", onMessage);
  },
};

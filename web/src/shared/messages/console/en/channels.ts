import { count } from "../../en/count";

export const channels = {
  title: "Channels",
  about: "Where people reach the bot, whether each way is well, and a test through the real path.",
  states: { ready: "ready", off: "off", failed: "not well" },
  names: {
    web: "Page",
    widget: "Widget",
    api: "API",
  },
  abouts: {
    web: "The chat on this server’s own page.",
    widget: "The chat on other sites, by one script tag; the page Widget has it.",
    api: "Programs that use an API key, or anybody on this machine where no key is needed.",
  },
  replies: (n: number) => count(n, "1 answer in the last day", "# answers in the last day"),
  failedReplies: (n: number) => count(n, "1 of them failed", "# of them failed"),
  facts: {
    page_of: "The page talks to",
    visitors: "Without a login",
    writes_per_minute: "Messages a minute per address",
    running: "Answers being written",
    sites: "Sites that may show it",
    keys: "Keys in use",
    needed: "Asks for a key",
    used_at: "A key was last used",
  },
  values: {
    true: "yes",
    false: "no",
    auto: "on this machine alone",
    required: "always",
    off: "never",
    0: "no limit",
  },
  autoNeeded: "as soon as there is one",
  test: "Test message",
  testLabel: (name: string) => `What to ask on: ${name}`,
  testHint: "The bot answers as it would answer anybody there. Nothing of it is kept.",
  send: "Send",
  route: (route: string, took: string) => `${route}, ${took}`,
};

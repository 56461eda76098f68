import { count } from "../../en/count";

/** How many, and a name, a day or a share. */
type Items = Record<
  | "inbox"
  | "reviews"
  | "gaps"
  | "drift"
  | "improve"
  | "promote"
  | "refused"
  | "errors"
  | "keys"
  | "answers"
  | "certificate"
  | "disk"
  | "erasures",
  (n: number, what: string) => string
>;

export const overview = {
  title: "Overview",
  about: "How the bot is doing now, and what needs somebody.",
  ranges: { hour: "1 hour", day: "1 day", month: "30 days" },
  range: "Time shown",
  attention: "Today",
  attentionNone: "Nothing needs you at the moment.",
  items: {
    inbox: (n: number) => count(n, "1 person is waiting for somebody", "# people are waiting for somebody"),
    reviews: (n: number) => count(n, "1 answer waits to be reviewed", "# answers wait to be reviewed"),
    gaps: (n: number) => count(n, "1 question of this week was declined", "# questions of this week were declined"),
    drift: (_: number, what: string) => `People ask something else than before (${what})`,
    improve: (_: number, day: string) => `The last improvement did not get to its end (${day})`,
    promote: (_: number, day: string) => `A better release waits to be promoted (${day})`,
    refused: (_: number, day: string) => `The gate refused the last improvement (${day})`,
    errors: (n: number) => count(n, "1 answer failed in the last day", "# answers failed in the last day"),
    keys: (n: number) => count(n, "1 API key ends within two weeks", "# API keys end within two weeks"),
    answers: (n: number) =>
      count(n, "1 curated answer ends within two weeks", "# curated answers end within two weeks"),
    certificate: (_: number, day: string) => `The certificate ends on ${day}: renew it, then start the server again`,
    disk: (_: number, share: string) => `The disk is ${share} full: make room before the store stops`,
    erasures: (n: number) => count(n, "1 request to be forgotten is open", "# requests to be forgotten are open"),
  } as Items,
  now: "Now",
  running: "Answers being written",
  engine: "Engine",
  engineStates: { ready: "ready", starting: "starting", failed: "failed" },
  release: "Release",
  cpu: "Processor",
  memory: "Memory of the machine",
  resident: "Memory of the bot",
  disk: "Disk",
  totals: { hour: "In the last hour", day: "In the last day", month: "In the last 30 days" },
  replies: "Answers",
  api: "through the API",
  firstText: "First text (half / 95%)",
  whole: "Whole answer (half / 95%)",
  refused: "Declined",
  failed: "Failed",
  thumbs: "Thumbs up / down",
  tokens: "Tokens read / written",
  cost: "Cost",
  counting: "Earlier hours are still being counted; the figures grow for a moment.",
  none: "–",
  charts: {
    traffic: "Answers",
    latency: "Seconds to an answer",
    routes: "Where answers come from",
    thumbs: "Thumbs",
    tokens: "Tokens",
    cost: "Cost",
    machine: "Machine",
    memory: "Memory of the bot and its engine",
    problems: "Declined, failed and stopped",
    load: "Answers being written at once",
  },
  lines: {
    kept: "page and channels",
    api: "API",
    first50: "first text, half",
    first95: "first text, 95%",
    whole50: "whole, half",
    whole95: "whole, 95%",
    curated: "curated",
    retrieved: "retrieved",
    generated: "generated",
    refused: "declined",
    up: "up",
    down: "down",
    read: "read",
    written: "written",
    cost: "cost",
    cpu: "processor",
    memory: "memory",
    gpu: "graphics card",
    gpuMemory: "its memory",
    resident: "memory",
    failed: "failed",
    stopped: "stopped",
    running: "at once",
  },
  drift: "Drift",
  driftAbout: (day: string) => `Of the last look, up to ${day}. At 100% there is an alarm.`,
  driftNone: "Nobody has looked for drift yet: the server does so once a day.",
  driftLittle: (why: string) => `Too little to tell: ${why}`,
  driftFigure: "Figure",
  driftScore: "On the way to an alarm",
  driftAlarm: (day: string) => `alarm on ${day}`,
  driftQuiet: "quiet",
  driftNames: {
    refused: "Share declined",
    disliked: "Share disliked",
    confidence: "Confidence",
    length: "Length of answers",
    unfamiliar: "Unfamiliar words",
    coverage: "Words that the documents have",
    tokens_per_byte: "Pieces that words fall into",
  },
};

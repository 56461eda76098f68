// A small stand-in for the server: the web API in memory, with answers scripted by words in the question, and the built
// app. For the browser tests only.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { found, own, PRIVACY, tell } from "./fake-own.mjs";
import { largeConversation } from "./large.mjs";
import { CORPUS, HOSTILE_URIS } from "./xss-corpus.mjs";

const PORT = Number(process.env.FAKE_PORT ?? 4199);
const APP = fileURLToPath(new URL("../../src/chatwright/server/web", import.meta.url));
// The policy of the real server, read from its own lines.
const ENVELOPE = readFileSync(new URL("../../src/chatwright/server/envelope.py", import.meta.url), "utf8");
const CSP = [.../^POLICY = \{$([^}]*)^\}$/m.exec(ENVELOPE)[1].matchAll(/"([\w-]+)": "([^"]*)"/g)]
  .map(([, name, value]) => `${name} ${value}`)
  .join("; ");
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

if (!existsSync(join(APP, "index.html"))) {
  console.error("The app is not built. Run `npm run build` first.");
  process.exit(1);
}

const BOT = {
  name: "library",
  title: "Riverside Library",
  assistant: "Ada",
  purpose: "Answers questions about opening hours, membership, loans and events of the library.",
  greeting: "Good to see you. What would you like to know about the library?",
  suggestions: ["When are you open on Saturday?", "How do I get a library card?", "How long may I keep a book?"],
  disclosure: "Ada is an automated assistant. It can be wrong; the staff at the desk have the last word.",
  release: "3f9c2a71b0de",
  deployment: "d1",
  languages: ["en"],
  people: true,
  testing: false,
  attachments: 500,
};

let serial = 0;
const newId = () => {
  const hex = (++serial).toString(16).padStart(12, "0");
  return `0199a000-0000-7000-8000-${hex}`;
};
const now = () => new Date(Date.now() + clock).toISOString();

const conversations = new Map(); // id -> {visitor, summary, messages}
const turns = new Map(); // id -> {visitor, conversation, message, events, listeners, timer}
let failures = 0; // how many of the next POST .../turns answer 500
let limited = 0; // how many of them answer 429
let account = null; // whose login everybody has
let expired = false; // and whether it has ended
let clock = 0; // how far the server's clock is ahead, in milliseconds

const words = (n) => Array.from({ length: n }, (_, i) => `w${i + 1} `);

/** About 2,000 tokens of everything that Markdown has. */
const RAPID = largeConversation(120)
  .messages.filter((message) => message.role === "assistant")
  .map((message) => message.content)
  .join("\n\n");
const tokensOf = (text) => text.match(/[\s\S]{1,4}/g).slice(0, 2_000);

/** What to answer: {pieces, pace, route, sources, left_out, error}. */
function script(question) {
  const plain = { pieces: [], pace: 15, route: "generated", sources: [], left_out: 0, error: null };
  const text = question.toLowerCase();
  if (text.includes("slow")) return { ...plain, pieces: words(80), pace: 60 };
  if (text.includes("long")) return { ...plain, pieces: words(1500), pace: 1 };
  if (text.includes("rapid")) return { ...plain, pieces: tokensOf(RAPID), pace: 5 };
  if (text.includes("xss")) {
    const sources = CORPUS.slice(0, 40).map((each, i) => ({
      title: each,
      uri: HOSTILE_URIS[i % HOSTILE_URIS.length],
      quote: each,
    }));
    return { ...plain, pieces: CORPUS.map((each) => `${each}\n\n`), pace: 1, sources };
  }
  if (text.includes("emoji")) return { ...plain, pieces: Array(60).fill("👋🏽 Grüße, 你好. "), pace: 10, cut: true };
  if (text.includes("much code")) {
    const line = (i) => `${"    ".repeat(i % 4)}value[${i}] = compute(${i})\n`;
    const lines = Array.from({ length: 200 }, (_, part) =>
      Array.from({ length: 500 }, (_, i) => line(part * 500 + i)).join(""),
    );
    return { ...plain, pieces: ["```python\n", ...lines, "```\n\nThat is all."], pace: 5 };
  }
  if (text.includes("large table")) {
    const rows = Array.from({ length: 100 }, (_, part) =>
      Array.from({ length: 100 }, (_, i) => `| ${part * 100 + i} | a title | due |\n`).join(""),
    );
    return { ...plain, pieces: ["| n | title | state |\n|---|---|---|\n", ...rows], pace: 5 };
  }
  if (text.includes("nested"))
    return {
      ...plain,
      pieces: [
        `${"> ".repeat(3_000)}quote\n\n`,
        `${"- ".repeat(3_000)}list\n\n`,
        `${"**_".repeat(1_000)}x\n\n`,
        "The end.",
      ],
    };
  if (text.includes("football"))
    return { ...plain, route: "refused", pieces: ["I can only help with ", "questions about the library."] };
  if (text.includes("break")) return { ...plain, pieces: ["Half an ans"], error: "The model stopped. Try again." };
  if (text.includes("card"))
    return {
      ...plain,
      route: "retrieved",
      left_out: 4,
      pieces: ["You get a card ", "at the desk, ", "with an id and a proof of address."],
      sources: [
        {
          title: "Membership",
          uri: "https://library.example/membership",
          quote: "Bring an id and a proof of address.",
        },
        { title: "House rules", uri: "", quote: "Cards are personal." },
      ],
    };
  if (text.includes("markdown"))
    return {
      ...plain,
      pieces: [
        "Here is **what** we have:\n\n",
        "| Day | Opens | Closes |\n|---|---|---|\n| Mon to Fri | 9:00 | 19:00 |\n| Saturday | 10:00 | 16:00 |\n\n",
        "1. Take a number\n2. Wait for `your turn`\n\n",
        "```python\ndef renew(book):\n    return book.due + timedelta(days=21)\n```\n\n",
        "> Silence is a service, too.\n\nSee [the site](https://library.example/hours).",
      ],
    };
  return {
    ...plain,
    route: text.includes("saturday") ? "curated" : "generated",
    pieces: [`You asked: ${question}. `, "We are open ", "from **10 to 4** ", "on Saturdays."],
  };
}

function startTurn(conversation, userMessage) {
  const turnId = newId();
  const plan = script(userMessage.content);
  const message = {
    ...blank(userMessage.id, "assistant", ""),
    status: "running",
    turn_id: turnId,
    release: BOT.release,
    left_out: plan.left_out,
  };
  const turn = { visitor: conversation.visitor, plan, message, events: [], listeners: new Set(), timer: null };
  turns.set(turnId, turn);
  conversation.messages.push(message);
  const pieces = [...plan.pieces];
  emit(turn, "route", { route: plan.route, sources: plan.sources, left_out: plan.left_out });
  turn.timer = setInterval(() => {
    const text = pieces.shift();
    if (text !== undefined) {
      message.content += text;
      emit(turn, "delta", { text });
    } else finish(turn, plan.error ? "failed" : "done", plan);
  }, plan.pace);
  return { turn_id: turnId, user_message: userMessage, message: { ...message, content: "" } };
}

function finish(turn, status, plan) {
  clearInterval(turn.timer);
  if (turn.message.status !== "running") return;
  Object.assign(turn.message, { status, route: plan.route, sources: plan.sources, error: plan.error });
  if (status === "failed") {
    const error = { message: plan.error, type: "server_error", param: null, code: null };
    emit(turn, "error", { error, message: { ...turn.message } });
  } else emit(turn, "done", { ...turn.message });
  setTimeout(() => turn.listeners.forEach((response) => response.end()), plan.cut ? 20 : 0);
}

function emit(turn, event, data) {
  const text = `id: ${turn.events.length + 1}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  turn.events.push(text);
  if (!turn.plan?.cut) return turn.listeners.forEach((response) => response.write(text));
  // In two pieces, the cut in the middle of a character where there is one of several bytes.
  const bytes = Buffer.from(text);
  const middle = bytes.findIndex((byte) => byte >= 0xc0) + 2;
  for (const response of turn.listeners) {
    response.write(bytes.subarray(0, middle));
    setTimeout(() => response.writableEnded || response.write(bytes.subarray(middle)), 3);
  }
}

/** What no server should send, in the middle of a good stream. */
const GARBAGE = [
  'id: nonsense\nevent: delta\ndata: {"text":"WRONG"}\n\n',
  'event: delta\ndata: {"text":"WRONG"}\n\n',
  'id: 1\nevent: delta\ndata: {"text":"WRONG"}\n\n',
  "id: -5\nevent: done\ndata: {}\n\n",
  'id: 999999\nevent: surprise\ndata: {"text":"WRONG"}\n\n',
  'id: 999999\nevent: delta\ndata: {"text": WRO\n\n',
  "id: 999999\nevent: delta\ndata: null\n\n",
  'id: 999999\nevent: delta\ndata: {"text":{"a":1}}\n\n',
  'id: 999999\nevent: route\ndata: {"route":7,"sources":"WRONG"}\n\n',
  "id: 999999\nevent: done\ndata: []\n\n",
  'id: 999999\nevent: error\ndata: {"message":"WRONG"}\n\n',
  ": a comment\nretry: 5\nnonsense\n\n",
  Buffer.from([0x64, 0x61, 0x74, 0x61, 0x3a, 0x20, 0xf0, 0x9f, 0x0a, 0x0a]), // "data: " and half a character
];

function blank(parentId, role, content) {
  return {
    id: newId(),
    parent_id: parentId,
    role,
    content,
    created_at: now(),
    status: "done",
    route: null,
    sources: [],
    left_out: 0,
    turn_id: null,
    release: null,
    error: null,
    mark: null,
    author: null,
    attachments: [],
    feedback: null,
  };
}

function add(visitor, channel) {
  const times = { created_at: now(), updated_at: now() };
  const summary = { id: newId(), title: "", ...times, channel, pinned_at: null, found: null };
  const made = { visitor, summary, messages: [], handover: null };
  conversations.set(summary.id, made);
  return made;
}

const problem = (response, status, message) =>
  json(response, status, { error: { message, type: "invalid_request_error", param: null, code: null } });

function json(response, status, body) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}

async function textOf(request) {
  let text = "";
  for await (const piece of request) text += piece;
  return text;
}

async function bodyOf(request) {
  const text = await textOf(request);
  return text ? JSON.parse(text) : {};
}

const sessionNow = () =>
  account === null || expired
    ? { name: null, role: null, scopes: [], csrf: null, visitors: account === null }
    : { name: account, role: "editor", scopes: ["chat"], csrf: "secret-token-of-the-session", visitors: false };

async function api(request, response, url, visitor) {
  if (expired && url.pathname !== "/api/session") return problem(response, 401, "Log in first.");
  const parts = url.pathname.split("/").slice(2);
  const route = `${request.method} ${parts.map((part, i) => (i === 1 ? ":id" : part)).join("/")}`;
  const conversation = conversations.get(parts[1]);
  const mine = conversation?.visitor === visitor ? conversation : null;
  const turn = turns.get(parts[1])?.visitor === visitor ? turns.get(parts[1]) : null;
  const others = await own(route, {
    url,
    response,
    visitor,
    mine,
    parts,
    blank,
    add,
    bot: BOT,
    read: () => bodyOf(request),
    text: () => textOf(request),
    json: (status, body) => json(response, status, body),
    problem: (status, message) => problem(response, status, message),
  });
  if (others !== false) return;
  switch (route) {
    case "GET session":
      return json(response, 200, sessionNow());
    case "POST session": {
      const { password } = await bodyOf(request);
      if (password !== "correct horse") return problem(response, 401, "That does not fit.");
      expired = false;
      return json(response, 200, sessionNow());
    }
    case "GET bot":
      return json(response, 200, { ...BOT, testing: /testing=1/.test(request.headers.cookie ?? "") });
    case "GET conversations": {
      const search = (url.searchParams.get("search") ?? "").toLowerCase();
      const list = [...conversations.values()]
        .filter((each) => each.visitor === visitor && each.summary.channel !== "temporary")
        .map((each) => ({ ...each.summary, found: search ? found(each, search) : null }))
        .filter((each) => each.found || each.title.toLowerCase().includes(search))
        .sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1));
      return json(response, 200, { conversations: list });
    }
    case "POST conversations": {
      const { temporary } = await bodyOf(request);
      return json(response, 201, add(visitor, temporary ? "temporary" : "web").summary);
    }
    case "GET conversations/:id":
      if (!mine) break;
      return json(response, 200, {
        ...mine.summary,
        messages: mine.messages,
        handover: mine.handover,
        cursor: "0.0",
      });
    case "PATCH conversations/:id": {
      if (!mine) break;
      const { title, pinned } = await bodyOf(request);
      mine.summary.title = title ?? mine.summary.title;
      if (pinned !== undefined) mine.summary.pinned_at = pinned ? now() : null;
      return json(response, 200, mine.summary);
    }
    case "DELETE conversations/:id":
      if (!mine) break;
      conversations.delete(parts[1]);
      return json(response, 204);
    case "POST conversations/:id/turns": {
      if (!mine) break;
      if (limited > 0) {
        limited--;
        response.setHeader("Retry-After", "6");
        return problem(response, 429, "Too many questions at once. Wait a moment.");
      }
      if (failures > 0) {
        failures--;
        return problem(response, 500, "The model is starting. Try again in a moment.");
      }
      const { content, parent_id, attachments } = await bodyOf(request);
      let question = mine.messages.find((each) => each.id === parent_id);
      if (content !== null) {
        question = blank(parent_id, "user", content);
        question.attachments = attachments.map((each) => ({ name: each.name, characters: each.content.length }));
        mine.messages.push(question);
        mine.summary.title ||= content.slice(0, 60);
      }
      if (question?.role !== "user") return problem(response, 400, "parent_id must be a user message.");
      mine.summary.updated_at = now();
      if (mine.handover?.state === "taken") {
        return json(response, 202, { turn_id: null, user_message: question, message: null });
      }
      return json(response, 202, startTurn(mine, question));
    }
    case "GET turns/:id/events": {
      if (!turn) break;
      const after = Number(request.headers["last-event-id"] ?? url.searchParams.get("after") ?? 0);
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      response.write(`: hello\n\n${turn.events.slice(after).join("")}`);
      if (turn.message.status !== "running") return response.end();
      turn.listeners.add(response);
      response.on("close", () => turn.listeners.delete(response));
      return;
    }
    case "POST turns/:id/stop":
      if (!turn) break;
      finish(turn, "stopped", turn.plan);
      return json(response, 202, {});
    case "PUT messages/:id/feedback": {
      const message = [...conversations.values()]
        .filter((each) => each.visitor === visitor)
        .flatMap((each) => each.messages)
        .find((each) => each.id === parts[1] && each.role === "assistant");
      if (!message) break;
      message.feedback = await bodyOf(request);
      return json(response, 200, message.feedback);
    }
  }
  return problem(response, 404, "There is no such thing here. Check the address.");
}

function serveApp(response, pathname, accepted) {
  const wanted = normalize(join(APP, pathname));
  const found = extname(pathname) !== "" && wanted.startsWith(APP) && existsSync(wanted);
  if (extname(pathname) !== "" && !found) return problem(response, 404, "No such file.");
  const path = found ? wanted : join(APP, "index.html");
  const packed = accepted.includes("gzip") && existsSync(`${path}.gz`);
  const headers = { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" };
  response.writeHead(200, packed ? { ...headers, "Content-Encoding": "gzip" } : headers);
  response.end(readFileSync(packed ? `${path}.gz` : path));
}

/** A person of the team takes over the newest conversation, answers there, or hands it back. */
function takeOver(action) {
  const talk = [...conversations.values()].at(-1);
  const id = talk.summary.id;
  const since = now();
  if (action === "person-comes") {
    talk.handover = { state: "taken", reason: "asked", name: "Rita", since };
    tell(id, "handover", talk.handover);
  } else if (action === "person-says") {
    const said = { ...blank(talk.messages.at(-1)?.id ?? null, "assistant", "I look it up for you."), author: "Rita" };
    talk.messages.push(said);
    tell(id, "message", said);
  } else {
    talk.handover = null;
    tell(id, "handover", { state: "ended", reason: "asked", name: "Rita", since });
  }
}

/** Faults that a test asks for. */
function test(response, action) {
  if (action === "fail") failures++;
  if (action === "limit") limited++;
  if (action === "account") account = "anna";
  if (action === "expire") expired = true;
  if (action === "ahead") clock = 30 * 3_600_000;
  if (action === "garble") {
    for (const turn of turns.values())
      for (const each of turn.listeners) for (const garbage of GARBAGE) each.write(garbage);
  }
  if (action === "reset") [failures, limited, account, expired, clock] = [0, 0, null, false, 0];
  if (action === "consent") PRIVACY.text = PRIVACY.text ? "" : "We would like to learn from what you write.";
  if (action.startsWith("person-")) takeOver(action);
  if (["drop", "drop-and-forget", "expire"].includes(action)) {
    for (const turn of turns.values()) for (const each of turn.listeners) each.destroy();
  }
  // The turns run on, but their streams are not found any more.
  if (action === "drop-and-forget") turns.clear();
  return json(response, 200, {});
}

createServer(async (request, response) => {
  const url = new URL(request.url, "http://fake");
  response.setHeader("Content-Security-Policy", CSP);
  response.setHeader("Date", new Date(Date.now() + clock).toUTCString());
  try {
    if (url.pathname.startsWith("/__test/")) return test(response, url.pathname.slice(8));
    if (url.pathname === "/manifest.webmanifest") return json(response, 200, { name: BOT.title, start_url: "/" });
    if (!url.pathname.startsWith("/api/"))
      return serveApp(response, url.pathname, request.headers["accept-encoding"] ?? "");
    let visitor = /chatwright_visitor=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];
    if (!visitor && !url.pathname.startsWith("/api/shared/")) {
      visitor = newId();
      response.setHeader("Set-Cookie", `chatwright_visitor=${visitor}; HttpOnly; SameSite=Lax; Path=/`);
    }
    await api(request, response, url, visitor);
  } catch (error) {
    console.error(error);
    if (!response.headersSent) problem(response, 500, "The fake server has a defect.");
  }
}).listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}`));

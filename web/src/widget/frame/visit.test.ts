import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const SITE = "https://shop.example";

interface Asked {
  path: string;
  pass: string | null;
  body: Record<string, unknown>;
}

let asked: Asked[] = [];
/** Whether the browser takes the cookie; passes that the server knows. */
let takes = true;
let known = new Set<string>();
let given = 0;

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

async function server(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = input instanceof Request ? input : new Request(new URL(input, location.href), init);
  const path = new URL(request.url).pathname;
  const pass = request.headers.get("x-chatwright-widget");
  const body = request.method === "GET" ? {} : ((await request.json()) as Record<string, unknown>);
  asked.push({ path, pass, body });
  if (path === "/api/widget/session") {
    const cookie = !body["memory"] && body["user"] === null;
    if (cookie && takes) known.add("cookie");
    const token = cookie ? null : `token ${++given}`;
    if (token) known.add(token);
    return json(200, { token, greeting: "", ask_consent: false, share_messages: false });
  }
  return pass !== null && known.has(pass) ? json(200, {}) : json(401, { error: { code: "widget_session" } });
}

/** The module anew, as a page that loads: memory is gone, storage is not. */
async function load(): Promise<typeof import("./visit")> {
  vi.resetModules();
  vi.stubGlobal("fetch", server);
  const visit = await import("./visit");
  visit.beginVisits(SITE);
  return visit;
}

beforeEach(() => {
  asked = [];
  takes = true;
  known = new Set();
  given = 0;
  sessionStorage.clear();
});
afterEach(() => vi.unstubAllGlobals());

describe("a visit", () => {
  it("leaves the pass in the cookie where the browser takes one", async () => {
    const { enter } = await load();
    await enter(null);
    expect(asked.map(({ path, pass }) => [path, pass])).toEqual([
      ["/api/widget/session", "cookie"],
      ["/api/bot", "cookie"],
    ]);
    expect(sessionStorage).toHaveLength(0);
  });

  it("keeps it itself where the browser takes none, and shows it again after a reload", async () => {
    takes = false;
    await (await load()).enter(null);
    expect(asked.at(-1)?.body).toMatchObject({ memory: true });
    await (await load()).enter(null);
    expect(asked.at(-1)).toMatchObject({ pass: "token 1", body: { memory: true } });
  });

  it("carries it on every request of its own server, and on no other", async () => {
    await (await load()).enter(null);
    await fetch("/api/conversations");
    expect(asked.at(-1)).toMatchObject({ path: "/api/conversations", pass: "cookie" });
    await fetch("https://elsewhere.example/x");
    expect(asked.at(-1)).toMatchObject({ path: "/x", pass: null });
  });

  it("never stores the pass of a user of the site", async () => {
    const { enter } = await load();
    await enter({ user: "1", signature: "s" });
    expect(asked.at(-1)?.body).toMatchObject({ user: "1", signature: "s" });
    expect(sessionStorage).toHaveLength(0);
    await enter(null);
    expect(asked.at(-2)).toMatchObject({ pass: "cookie", body: { user: null } });
  });

  it("asks for another one, once, when it has ended, and then goes on", async () => {
    takes = false;
    await (await load()).enter(null);
    known.clear();
    asked = [];
    const answers = await Promise.all([fetch("/api/conversations"), fetch("/api/privacy")]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(asked.filter(({ path }) => path === "/api/widget/session")).toHaveLength(1);
  });
});

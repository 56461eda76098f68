import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { message } from "./fixtures";
import { TurnStore } from "./turn-store";
import { readTurn, type TurnEnd } from "./turn-stream";

const FINAL = message("a1", "q1", { content: "one two three" });
const EVENTS = [
  ["delta", { text: "one " }],
  ["delta", { text: "two " }],
  ["delta", { text: "three" }],
  ["done", FINAL],
] as const;
const wire = EVENTS.map(([name, data], i) => `id: ${i + 1}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);

type Answer = { pieces: string[]; breaks?: boolean } | { status: number } | "unreachable";
const asked: (string | null)[] = [];
let answers: Answer[] = [];

function respond(answer: Answer | undefined): Response {
  if (answer === undefined || answer === "unreachable") throw new TypeError("Failed to fetch");
  if ("status" in answer) return new Response("{}", { status: answer.status });
  const bytes = answer.pieces.map((piece) => new TextEncoder().encode(piece));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = bytes.shift();
      if (next) controller.enqueue(next);
      else if (answer.breaks) controller.error(new TypeError("network error"));
      else controller.close();
    },
  });
  return new Response(body, { status: 200 });
}

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    if (path === "/api/bot") return new Response("{}");
    asked.push(new Headers(init.headers).get("Last-Event-ID"));
    return respond(answers.shift());
  });
});
afterEach(() => vi.unstubAllGlobals());

async function read(script: Answer[], after = 0): Promise<{ end: TurnEnd; text: string; connections: boolean[] }> {
  answers = script;
  let text = "";
  const connections: boolean[] = [];
  const end = await readTurn({
    turnId: "t1",
    after,
    signal: new AbortController().signal,
    onEvent: (event) => {
      if (event.name === "delta") text += event.data.text;
    },
    onConnection: (connected) => connections.push(connected),
    pauses: [1],
  });
  return { end, text, connections };
}

describe("readTurn", () => {
  it("reads to the end", async () => {
    expect(await read([{ pieces: wire }])).toEqual({ end: "final", text: "one two three", connections: [true] });
    expect(asked).toEqual([null]);
  });

  it("resumes after the last event when the line breaks, without loss or doubles", async () => {
    const cut = (wire[1] ?? "").slice(0, 20);
    const result = await read([
      { pieces: [wire[0] ?? "", cut], breaks: true },
      "unreachable",
      { status: 503 },
      { pieces: wire.slice(0, 3) }, // a server that repeats what was seen already
      { pieces: wire.slice(3) },
    ]);
    expect(result.end).toBe("final");
    expect(result.text).toBe("one two three");
    expect(asked).toEqual([null, "1", "1", "1", "3"]);
    expect(result.connections).toContain(false);
  });

  it("starts where it was left", async () => {
    expect(await read([{ pieces: wire.slice(2) }], 2)).toMatchObject({ end: "final", text: "three" });
    expect(asked).toEqual(["2"]);
  });

  it("says when the server no longer has the stream", async () => {
    expect((await read([{ status: 404 }])).end).toBe("gone");
  });

  it("does not ask forever for a stream with nothing more in it", async () => {
    const empty = { pieces: [": hello\n\n"] };
    expect((await read([empty, empty, empty, empty, empty])).end).toBe("gone");
    expect(asked).toHaveLength(4);
  });

  it("skips events that it does not know", async () => {
    expect((await read([{ pieces: ["id: 1\nevent: later\ndata: {}\n\n", ...wire.slice(1)] }])).text).toBe("two three");
  });
});

describe("TurnStore", () => {
  it("draws once per frame, keeps the text over a break in following, and knows how it ended", async () => {
    const frames: (() => void)[] = [];
    const store = new TurnStore((draw) => frames.push(draw));
    const draw = vi.fn();
    store.subscribe("t1", draw);
    answers = [{ pieces: wire }];
    const final = await new Promise((onFinal) => store.follow("t1", { onFinal, onGone: vi.fn() }));
    expect(final).toEqual(FINAL);
    expect(store.view("t1").text).toBe("one two three");
    expect(frames).toHaveLength(1);
    frames[0]?.();
    expect(draw).toHaveBeenCalledTimes(1);
    // Followed again, because a slow answer still showed it as running: nothing is asked.
    expect(await new Promise((onFinal) => store.follow("t1", { onFinal, onGone: vi.fn() }))).toEqual(FINAL);
    expect(asked).toHaveLength(1);
  });
});

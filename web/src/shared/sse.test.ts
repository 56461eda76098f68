import { describe, expect, it } from "vitest";
import { createSseParser, type SseEvent } from "./sse";

function parse(...pieces: string[]): SseEvent[] {
  const events: SseEvent[] = [];
  const take = createSseParser((event) => events.push(event));
  pieces.forEach(take);
  return events;
}

const STREAM = 'id: 1\nevent: delta\ndata: {"text":"Grüße 👋"}\n\n: ping\n\nid: 2\nevent: done\ndata: {\ndata: }\n\n';
const EVENTS = [
  { id: "1", event: "delta", data: '{"text":"Grüße 👋"}' },
  { id: "2", event: "done", data: "{\n}" },
];

describe("createSseParser", () => {
  it("reads events, joins data lines and skips comments", () => {
    expect(parse(STREAM)).toEqual(EVENTS);
  });

  it.each(["\n", "\r\n", "\r"])("gives the same however the stream is cut, line end %j", (end) => {
    const stream = STREAM.replaceAll("\n", end);
    for (let cut = 1; cut < stream.length; cut++) {
      expect(parse(stream.slice(0, cut), stream.slice(cut))).toEqual(EVENTS);
    }
    expect(parse(...stream)).toEqual(EVENTS);
  });

  it("does not report an event that is not complete", () => {
    expect(parse("id: 1\ndata: half")).toEqual([]);
    expect(parse("id: 1\ndata: half\n")).toEqual([]);
  });

  it("keeps the last id for events without one, and drops events without data", () => {
    expect(parse("id: 7\ndata: a\n\ndata: b\n\nevent: empty\n\n")).toEqual([
      { id: "7", event: "message", data: "a" },
      { id: "7", event: "message", data: "b" },
    ]);
  });

  it("takes at most one space after the colon, a field without colon, and a byte order mark", () => {
    expect(parse("\uFEFFdata:  a\ndata:b\ndata\n\n")).toEqual([{ id: "", event: "message", data: " a\nb\n" }]);
  });
});

// Reads one turn's events to the end, through any number of lost connections. Knows nothing of React or the cache.
import type { TurnEvents } from "../../shared/api-types";
import { turnEventsPath } from "../../shared/api";
import { connection } from "../../shared/connection";
import { createSseParser, type SseEvent } from "../../shared/sse";
import { listen, loggedInAgain } from "../../shared/told";

export type TurnEvent = { [Name in keyof TurnEvents]: { name: Name; data: TurnEvents[Name] } }[keyof TurnEvents];

/** final: `done` or `error` came. gone: the server no longer has the stream. aborted: the reader was told to stop. */
export type TurnEnd = "final" | "gone" | "aborted";

export interface TurnReading {
  turnId: string;
  /** The id of the last event already seen; 0 for none. */
  after: number;
  signal: AbortSignal;
  onEvent: (event: TurnEvent, id: number) => void;
  onConnection: (connected: boolean) => void;
  /** For tests: the waits between attempts. */
  pauses?: readonly number[];
}

const PAUSES_MS: readonly number[] = [300, 1000, 2000, 4000, 8000];
/** The server pings every 15 s, so a line that is silent for longer than two pings is dead. */
const SILENCE_MS = 35_000;
/** Connections that end at once without any event: the server knows the turn but has nothing more to say. */
const MAX_EMPTY = 4;

export async function readTurn(reading: TurnReading): Promise<TurnEnd> {
  const pauses = reading.pauses ?? PAUSES_MS;
  let last = reading.after;
  let attempt = 0;
  let empty = 0;
  while (!reading.signal.aborted) {
    const before = last;
    const outcome = await readOnce(reading, last, (id) => (last = id));
    if (outcome === "final" || outcome === "gone") return outcome;
    if (reading.signal.aborted) break;
    if (outcome === "who") {
      await loggedInAgain(reading.signal);
      continue;
    }
    if (last > before) attempt = 0;
    empty = outcome === "ended" && last === before ? empty + 1 : 0;
    if (empty >= MAX_EMPTY) return "gone";
    reading.onConnection(false);
    await pause(pauses[Math.min(attempt++, pauses.length - 1)] ?? 0, reading.signal);
  }
  return "aborted";
}

async function readOnce(
  { turnId, signal, onEvent, onConnection }: TurnReading,
  after: number,
  onId: (id: number) => void,
): Promise<"final" | "gone" | "ended" | "failed" | "who"> {
  const silence = new AbortController();
  let watchdog = setTimeout(() => silence.abort(), SILENCE_MS);
  let last = after;
  let final = false;

  function take(raw: SseEvent): void {
    const event = parseEvent(raw);
    const id = Number(raw.id);
    // After a resume the server may repeat what was already on its way: every event counts once.
    if (!event || signal.aborted || final || !(id > last)) return;
    last = id;
    onId(id);
    final = event.name === "done" || event.name === "error";
    onEvent(event, id);
  }

  try {
    const headers: Record<string, string> = { Accept: "text/event-stream" };
    if (after > 0) headers["Last-Event-ID"] = String(after);
    const response = await open(turnEventsPath(turnId), { headers, signal: AbortSignal.any([signal, silence.signal]) });
    if (response.status === 401) return "who";
    if (!response.ok) return isTemporary(response.status) ? "failed" : "gone";
    if (!response.body) return "failed";
    onConnection(true);
    const parse = createSseParser(take);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return final ? "final" : "ended";
      clearTimeout(watchdog);
      watchdog = setTimeout(() => silence.abort(), SILENCE_MS);
      parse(value);
      if (final) {
        void reader.cancel().catch(() => undefined);
        return "final";
      }
    }
  } catch {
    return final ? "final" : "failed";
  } finally {
    clearTimeout(watchdog);
  }
}

/** A stream that breaks is ordinary; one that cannot even be opened means that the server is not reached. */
async function open(path: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
  try {
    const response = await fetch(path, { ...init, cache: "no-store" });
    connection.report(true);
    listen(path, response);
    return response;
  } catch (cause) {
    if (!init.signal.aborted) connection.report(false);
    throw cause;
  }
}

const isTemporary = (status: number): boolean => status >= 500 || status === 408 || status === 429;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isMessage = (value: unknown): boolean =>
  isObject(value) && typeof value["id"] === "string" && typeof value["content"] === "string";

/** What an event must hold for the page to go by it. */
const HOLDS: { [Name in keyof TurnEvents]: (data: Record<string, unknown>) => boolean } = {
  delta: (data) => typeof data["text"] === "string",
  route: (data) => typeof data["route"] === "string" && Array.isArray(data["sources"]),
  done: isMessage,
  error: (data) => isMessage(data["message"]) && isObject(data["error"]),
};

/** null: not understood. A later server may say more than we know; and what is damaged, the end of the turn makes good. */
function parseEvent({ event, data }: SseEvent): TurnEvent | null {
  if (!Object.hasOwn(HOLDS, event)) return null;
  const name = event as keyof TurnEvents;
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) && HOLDS[name](value) ? ({ name, data: value } as unknown as TurnEvent) : null;
  } catch {
    return null;
  }
}

/** Waits, but not longer than until the server can be reached again. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    const unsubscribe = connection.subscribe(() => connection.isReachable() && end());
    signal.addEventListener("abort", end);
  });
}

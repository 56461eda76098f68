// What happens in the shown conversation without this tab's doing: another tab or device writes, a person of the team takes over.
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { announce } from "../../shared/announce";
import { conversationEventsPath } from "../../shared/api";
import type { Conversation, Handover, Message } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { keys } from "../../shared/queries";
import { createSseParser, type SseEvent } from "../../shared/sse";

/** Longer than the server's pings are apart. */
const SILENCE_MS = 35_000;
const PAUSES_MS = [500, 2_000, 5_000, 10_000];
/** A message of this very tab is in the cache by then, and needs no asking. */
const SETTLE_MS = 400;

const visible = {
  current: (): boolean => document.visibilityState === "visible",
  subscribe: (listener: () => void): (() => void) => {
    document.addEventListener("visibilitychange", listener);
    return () => document.removeEventListener("visibilitychange", listener);
  },
};

/** Listens while the tab is in view: a browser opens few connections to one server, and hidden tabs would use them up. */
export function useNews(conversation: Conversation | undefined): void {
  const client = useQueryClient();
  const shown = useSyncExternalStore(visible.subscribe, visible.current);
  const id = conversation?.id;
  const cursor = conversation?.cursor ?? ""; // of one that was begun here there is none yet: everything is told
  useEffect(() => {
    if (!id || !shown) return;
    const stop = new AbortController();
    void listen(client, id, cursor, stop.signal);
    return () => stop.abort();
    // The cursor of a later answer says no more than the stream itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, id, shown]);
}

async function listen(client: QueryClient, id: string, cursor: string, signal: AbortSignal): Promise<void> {
  let last = cursor;
  for (let attempt = 0; !signal.aborted; attempt++) {
    const before = last;
    const over = await once(id, last, signal, (event) => {
      if (event.id) last = event.id;
      take(client, id, event, signal);
    });
    if (over) return;
    if (last !== before) attempt = 0;
    await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)]));
  }
}

/** Reads one connection to its end; true: there will be no more. */
async function once(
  id: string,
  after: string,
  signal: AbortSignal,
  onEvent: (event: SseEvent) => void,
): Promise<boolean> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const response = await fetch(conversationEventsPath(id), {
      headers: { Accept: "text/event-stream", "Last-Event-ID": after },
      cache: "no-store",
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!response.ok || !response.body) return response.status < 500 && response.status !== 429;
    const parse = createSseParser(onEvent);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return false;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      parse(value);
    }
  } catch {
    return signal.aborted;
  } finally {
    clearTimeout(timer);
  }
}

function take(client: QueryClient, id: string, { event, data }: SseEvent, signal: AbortSignal): void {
  const queryKey = keys.conversation(id);
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return;
  }
  if (event === "handover") {
    const handover = value as Handover;
    const now = handover.state === "ended" ? null : handover;
    client.setQueryData<Conversation>(queryKey, (old) => old && { ...old, handover: now });
    announce(
      now === null ? text.person.ended : now.state === "taken" ? text.person.here(now.name) : text.person.wanted,
    );
  } else if (event === "message") {
    const message = value as Message;
    setTimeout(() => {
      const known = client.getQueryData<Conversation>(queryKey)?.messages.find((each) => each.id === message.id);
      if (signal.aborted || (known && (known.status === message.status || message.status === "running"))) return;
      void client.invalidateQueries({ queryKey });
      if (message.author !== null) announce(text.chat.answered(text.person.tag(message.author), message.content));
    }, SETTLE_MS);
  } else if (event === "gone") {
    void client.invalidateQueries({ queryKey });
    void client.invalidateQueries({ queryKey: keys.conversations });
  }
}

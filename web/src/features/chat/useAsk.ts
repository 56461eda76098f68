import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, ApiError, messageOf } from "../../shared/api";
import type { Conversation, TurnRequest, TurnStart } from "../../shared/api-types";
import { connection } from "../../shared/connection";
import { keys, putMessages } from "../../shared/queries";
import { tabs } from "../../shared/tabs";

/** A request for a turn that the server has not taken yet; with `error` it did not get there. */
export interface Ask extends TurnRequest {
  error: string | null;
  /** The server was not reached: it is sent again, once, when it is. */
  waiting: boolean;
  /** The messages that were there before it: what the server has beyond them may be this very one. */
  known: ReadonlySet<string>;
}

/** What is sent of it. */
export const requestOf = ({ content, parent_id, attachments, attachments_of }: TurnRequest): TurnRequest => ({
  content,
  parent_id,
  ...(attachments ? { attachments } : {}),
  ...(attachments_of ? { attachments_of } : {}),
});

/** Where the state of a conversation that does not exist yet is kept. */
export const NEW = "new";

interface Options {
  conversationId: string | null;
  temporary: boolean;
  /** The messages are in the cache; called before the page shows them. */
  onStarted: (conversationId: string, start: TurnStart) => void;
  onCreated: (conversationId: string) => void;
}

export interface Asking {
  current: Ask | null;
  ask: (request: TurnRequest) => void;
  dismiss: () => void;
}

/** Starts turns. What was asked is shown at once and never lost: it stays, with the error, until it is sent or dismissed. */
export function useAsk(options: Options): Asking {
  const client = useQueryClient();
  const [asks, setAsks] = useState<Readonly<Record<string, Ask | null>>>({});
  const created = useRef<string | null>(null);
  const latest = useRef({ options, asks });
  useEffect(() => {
    latest.current = { options, asks };
  });
  const key = options.conversationId ?? NEW;
  const set = (where: string, ask: Ask | null): void => setAsks((old) => ({ ...old, [where]: ask }));
  const messagesOf = (id: string) => client.getQueryData<Conversation>(keys.conversation(id))?.messages ?? [];

  async function create(temporary: boolean): Promise<string> {
    // After a failed first turn the conversation exists already; trying again must not make a second one.
    if (created.current) return created.current;
    const summary = await api.createConversation(temporary);
    const empty = { ...summary, messages: [], handover: null, cursor: "" };
    client.setQueryData<Conversation>(keys.conversation(summary.id), empty);
    created.current = summary.id;
    return summary.id;
  }

  async function run(where: string, request: TurnRequest, known: ReadonlySet<string>): Promise<void> {
    set(where, { ...request, error: null, waiting: false, known });
    try {
      const id = where === NEW ? await create(latest.current.options.temporary) : where;
      const start = await api.startTurn(id, request);
      // An answer to an earlier request, still on its way, does not know the new messages.
      await client.cancelQueries({ queryKey: keys.conversation(id) });
      putMessages(client, id, start.user_message, ...(start.message ? [start.message] : []));
      arrived(where, id);
      latest.current.options.onStarted(id, start);
    } catch (error) {
      const waiting = error instanceof ApiError && error.status === 0;
      set(where, { ...request, error: messageOf(error), waiting, known });
    }
  }

  function arrived(where: string, id: string): void {
    void client.invalidateQueries({ queryKey: keys.conversations });
    tabs.tell({ what: "conversation", id });
    set(where, null);
    if (where !== NEW) return;
    created.current = null;
    if (latest.current.options.conversationId === null) latest.current.options.onCreated(id);
  }

  /** Sends what waits. The server may have it already: then only its answer was lost on the way. */
  async function resume(where: string, ask: Ask): Promise<void> {
    const request = requestOf(ask);
    const { known } = ask;
    set(where, { ...ask, error: null, waiting: false });
    const id = where === NEW ? created.current : where;
    if (id !== null) {
      const fetched = await client
        .fetchQuery({ queryKey: keys.conversation(id), queryFn: () => api.conversation(id), staleTime: 0 })
        .catch(() => null);
      const there = fetched?.messages.some(
        (message) =>
          !known.has(message.id) &&
          message.parent_id === request.parent_id &&
          (request.content === null ? message.role === "assistant" : message.content === request.content),
      );
      if (there) return arrived(where, id);
    }
    await run(where, request, known);
  }

  const resuming = useRef(resume);
  useEffect(() => {
    resuming.current = resume;
  });
  useEffect(
    () =>
      connection.subscribe(() => {
        if (!connection.isReachable()) return;
        for (const [where, ask] of Object.entries(latest.current.asks)) {
          if (ask?.waiting) void resuming.current(where, ask);
        }
      }),
    [],
  );

  const current = asks[key] ?? null;
  return {
    current,
    ask: (request) => {
      if (current && current.error === null) return;
      void run(key, request, new Set(messagesOf(key).map((message) => message.id)));
    },
    dismiss: () => set(key, null),
  };
}

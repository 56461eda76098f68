import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, messageOf } from "../../shared/api";
import type { Conversation, TurnRequest, TurnStart } from "../../shared/api-types";
import { keys, putMessages } from "../../shared/queries";

/** A request for a turn that the server has not taken yet; with `error` it did not get there. */
export interface Ask extends TurnRequest {
  error: string | null;
}

/** Where the state of a conversation that does not exist yet is kept. */
export const NEW = "new";

interface Options {
  conversationId: string | null;
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
export function useAsk({ conversationId, onStarted, onCreated }: Options): Asking {
  const client = useQueryClient();
  const [asks, setAsks] = useState<Readonly<Record<string, Ask | null>>>({});
  const created = useRef<string | null>(null);
  const shown = useRef(conversationId);
  useEffect(() => {
    shown.current = conversationId;
  }, [conversationId]);
  const key = conversationId ?? NEW;
  const set = (ask: Ask | null): void => setAsks((old) => ({ ...old, [key]: ask }));

  async function create(): Promise<string> {
    // After a failed first turn the conversation exists already; trying again must not make a second one.
    if (created.current) return created.current;
    const summary = await api.createConversation();
    client.setQueryData<Conversation>(keys.conversation(summary.id), { ...summary, messages: [] });
    created.current = summary.id;
    return summary.id;
  }

  async function run(request: TurnRequest): Promise<void> {
    set({ ...request, error: null });
    try {
      const id = conversationId ?? (await create());
      const start = await api.startTurn(id, request);
      // An answer to an earlier request, still on its way, does not know the new messages.
      await client.cancelQueries({ queryKey: keys.conversation(id) });
      putMessages(client, id, start.user_message, start.message);
      void client.invalidateQueries({ queryKey: keys.conversations });
      onStarted(id, start);
      set(null);
      if (conversationId === null) {
        created.current = null;
        if (shown.current === null) onCreated(id);
      }
    } catch (error) {
      set({ ...request, error: messageOf(error) });
    }
  }

  const current = asks[key] ?? null;
  return {
    current,
    ask: (request) => {
      if (!current || current.error !== null) void run(request);
    },
    dismiss: () => set(null),
  };
}

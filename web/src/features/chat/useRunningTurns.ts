import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { announce } from "../../shared/announce";
import type { Conversation, Message } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { keys, putMessages } from "../../shared/queries";
import { turnStore, type TurnView } from "./turn-store";

/** A turn whose stream is gone but which the server still shows as running is asked for this often, then given up. */
const TRIES = 5;
const TRY_AGAIN_MS = 2000;
/** Characters of an answer that are announced; who wants more goes to it and reads on. */
const SPOKEN = 2_000;

export function useTurnView(turnId: string): TurnView {
  const subscribe = useCallback((listener: () => void) => turnStore.subscribe(turnId, listener), [turnId]);
  return useSyncExternalStore(subscribe, () => turnStore.view(turnId));
}

/** Follows every turn of the shown conversation that the server says is running, whoever started it and when. */
export function useRunningTurns(conversation: Conversation | undefined, assistant: string): void {
  const client = useQueryClient();
  const id = conversation?.id;
  const running = (conversation?.messages ?? [])
    .flatMap((message) => (message.status === "running" && message.turn_id ? [message.turn_id] : []))
    .join(" ");
  useEffect(() => {
    if (!id || !running) return;
    const stops = running.split(" ").map((turnId) => followTurn(client, id, turnId, assistant));
    return () => stops.forEach((stop) => stop());
  }, [client, id, running, assistant]);
}

function followTurn(client: QueryClient, conversationId: string, turnId: string, assistant: string): () => void {
  let stopped = false;
  let tries = 0;
  let stopReading = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function onFinal(message: Message): void {
    putMessages(client, conversationId, message);
    void client.invalidateQueries({ queryKey: keys.conversations });
    const said = message.content.length > SPOKEN ? `${message.content.slice(0, SPOKEN)}…` : message.content;
    announce(text.chat.answered(assistant, said || noteOf(message) || text.chat.emptyNote));
  }

  async function onGone(): Promise<void> {
    const queryKey = keys.conversation(conversationId);
    await client.invalidateQueries({ queryKey });
    const message = client.getQueryData<Conversation>(queryKey)?.messages.find((each) => each.turn_id === turnId);
    if (stopped || message?.status !== "running") return;
    if (++tries < TRIES) timer = setTimeout(read, TRY_AGAIN_MS);
    else putMessages(client, conversationId, { ...message, status: "interrupted" });
  }

  function read(): void {
    stopReading = turnStore.follow(turnId, { onFinal, onGone: () => void onGone() });
  }

  read();
  return () => {
    stopped = true;
    clearTimeout(timer);
    stopReading();
  };
}

/** How an answer ended, when it did not end well. */
export function noteOf(message: Message): string | null {
  switch (message.status) {
    case "stopped":
      return text.chat.stoppedNote;
    case "interrupted":
      return message.error ?? text.chat.interruptedNote;
    case "failed":
      return message.error ?? text.chat.failedNote;
    case "done":
      return message.content ? null : text.chat.emptyNote;
    case "running":
      return null;
  }
}

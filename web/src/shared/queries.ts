// The cached server state: its keys, and how a single message in it is replaced.
import type { QueryClient } from "@tanstack/react-query";
import type { Conversation, Message } from "./api-types";

export const keys = {
  bot: ["bot"] as const,
  bots: ["bots"] as const,
  session: ["session"] as const,
  conversations: ["conversations"] as const,
  conversationList: (search: string) => ["conversations", search] as const,
  conversation: (id: string) => ["conversation", id] as const,
};

/** Puts messages into the cached conversation: known ids are replaced in place, new ones go to the end. */
export function putMessages(client: QueryClient, conversationId: string, ...messages: Message[]): void {
  client.setQueryData<Conversation>(keys.conversation(conversationId), (old) => {
    if (!old) return old;
    const fresh = new Map(messages.map((message) => [message.id, message]));
    const kept = old.messages.map((message) => {
      const update = fresh.get(message.id);
      fresh.delete(message.id);
      return update ?? message;
    });
    return { ...old, messages: [...kept, ...fresh.values()] };
  });
}

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useConversationList } from "../features/conversations/useConversations";
import { api } from "../shared/api";
import type { Conversation } from "../shared/api-types";
import { keys } from "../shared/queries";

/** Title and kind of the shown conversation, from what the list and the chat have loaded. A temporary one goes when it is left. */
export function useShown(conversationId: string | null): { title: string; channel: string } {
  const list = useConversationList("");
  const { data } = useQuery<Conversation>({ queryKey: keys.conversation(conversationId ?? ""), enabled: false });
  const shown = list.data?.find((each) => each.id === conversationId) ?? (conversationId ? data : undefined);
  const channel = shown?.channel ?? "";
  useForgotten(channel === "temporary" ? conversationId : null);
  return { title: shown?.title ?? "", channel };
}

function useForgotten(temporaryId: string | null): void {
  const before = useRef<string | null>(null);
  useEffect(() => {
    const left = before.current;
    before.current = temporaryId;
    // The server forgets it by itself, should this fail.
    if (left !== null && left !== temporaryId) void api.deleteConversation(left).catch(() => undefined);
  }, [temporaryId]);
  useEffect(() => {
    if (temporaryId === null) return;
    const onLeave = (event: PageTransitionEvent): void => {
      if (!event.persisted) void api.deleteConversation(temporaryId, true).catch(() => undefined);
    };
    window.addEventListener("pagehide", onLeave);
    return () => window.removeEventListener("pagehide", onLeave);
  }, [temporaryId]);
}

// Tells the site what happens in the chat: that there was a message, how many are unread, that a person is asked for. What
// was said it is told only where the bot's owner has it so.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Conversation, Message } from "../../shared/api-types";
import { keys } from "../../shared/queries";
import type { Site } from "./useSite";

/** Messages that have come to an end and were not there before; `seen` is what was. */
export function newsIn(messages: readonly Message[], seen: ReadonlySet<string>): Message[] {
  return messages.filter((message) => message.status !== "running" && !seen.has(message.id));
}

/** `begun`: the conversation began in this frame, so that its first messages are news as well. */
export function useNews(site: Site, conversationId: string | null, begun: boolean, shares: boolean): void {
  const { open, tell } = site;
  const { data } = useQuery<Conversation>({ queryKey: keys.conversation(conversationId ?? ""), enabled: false });
  const seen = useRef<{ of: string | null; ids: Set<string> }>({ of: null, ids: new Set() });
  const unread = useRef(0);

  useEffect(() => {
    if (!data) return;
    const known = seen.current.of === data.id;
    if (!known) seen.current = { of: data.id, ids: new Set() };
    const news = newsIn(data.messages, seen.current.ids);
    for (const message of news) {
      seen.current.ids.add(message.id);
      if (!known && !begun) continue;
      const { id, role, content } = message;
      tell({ kind: "message", message: shares ? { id, role, content } : { id, role } });
      if (message.mark === "handover") tell({ kind: "handover" });
      if (role === "assistant" && !open) unread.current++;
    }
    if (unread.current > 0 && !open) tell({ kind: "unread", count: unread.current });
  }, [data, begun, shares, open, tell]);

  useEffect(() => {
    if (!open || unread.current === 0) return;
    unread.current = 0;
    tell({ kind: "unread", count: 0 });
  }, [open, tell]);
}

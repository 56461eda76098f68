import { useEffect, useRef } from "react";
import type { Message } from "../../shared/api-types";
import { useSearch } from "../../shared/location";

export const elementOf = (messageId: string): string => `m-${messageId}`;

/** The message that the address names behind "?m=": its branch is chosen, and it is brought into view once. */
export function useFound(
  conversationId: string | null,
  messages: readonly Message[] | undefined,
  choose: (...messages: Message[]) => void,
): string | null {
  const wanted = useSearch().get("m");
  const target = messages?.find((each) => each.id === wanted)?.id ?? null;
  const latest = useRef({ messages, choose });
  useEffect(() => {
    latest.current = { messages, choose };
  });
  useEffect(() => {
    if (target === null) return;
    const byId = new Map((latest.current.messages ?? []).map((each) => [each.id, each]));
    const way: Message[] = [];
    for (let at = byId.get(target); at; at = at.parent_id === null ? undefined : byId.get(at.parent_id)) way.push(at);
    latest.current.choose(...way);
    // After the thread has drawn itself, and gone to its end.
    const timer = setTimeout(() => {
      const element = document.getElementById(elementOf(target));
      element?.scrollIntoView({ block: "center" });
      element?.focus({ preventScroll: true });
    }, 120);
    return () => clearTimeout(timer);
  }, [conversationId, target]);
  return target;
}

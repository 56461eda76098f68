import { useState, type RefObject } from "react";
import { flushSync } from "react-dom";
import type { Step } from "./tree";

/** How many messages are drawn at first, and with each wish for more: thousands at once would take seconds to draw. */
const PORTION = 100;

/** The end of the path; what lies before it comes on request, without moving what is being read. */
export function useRecent(
  path: readonly Step[],
  conversation: string | null,
  box: RefObject<HTMLElement | null>,
  found: string | null,
) {
  const [wish, setWish] = useState({ conversation, portions: 1 });
  const place = found === null ? -1 : path.findIndex((step) => step.message.id === found);
  const needed = place < 0 ? 1 : Math.ceil((path.length - place) / PORTION);
  const portions = Math.max(needed, wish.conversation === conversation ? wish.portions : 1);
  const earlier = Math.max(0, path.length - portions * PORTION);

  function showEarlier(): void {
    const element = box.current;
    const fromEnd = element ? element.scrollHeight - element.scrollTop : 0;
    flushSync(() => setWish({ conversation, portions: portions + 1 }));
    element?.scrollTo({ top: element.scrollHeight - fromEnd });
    element?.focus({ preventScroll: true }); // the button may be gone
  }

  return { recent: earlier > 0 ? path.slice(earlier) : path, earlier, showEarlier };
}

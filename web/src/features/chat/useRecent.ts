import { useCallback, useEffect, useState, type RefObject } from "react";
import { flushSync } from "react-dom";
import type { Step } from "./tree";

/** Messages in one part of the thread. A browser lays out and draws only the parts that are in sight. */
const PART = 10;
/** How many messages are drawn at once; those in sight first. */
const FIRST = 40;
/** Then so many each time that the browser has nothing else to do: a slice is a few milliseconds. */
const SLICE = 2 * PART;
/** So many come by themselves. They stay in the page, so that the browser finds words in them; more come on request. */
const BY_ITSELF = 2_000;
const PORTION = 500;

/** Where the part begins that the message at this place is in. */
const partOf = (place: number): number => Math.max(0, Math.floor(place / PART) * PART);

/** The steps from `first` on, part by part. A part's beginning does not change when there are more before or after it. */
export function partsOf(path: readonly Step[], first: number): Step[][] {
  const parts: Step[][] = [];
  for (let place = first; place < path.length; place += PART) parts.push(path.slice(place, place + PART));
  return parts;
}

interface Wish {
  conversation: string | null;
  /** The first message that is drawn; null: as at the beginning. */
  from: number | null;
  /** So many more than come by themselves. */
  extra: number;
}

const whenIdle = (run: () => void): (() => void) => {
  // Not in every browser; there a short wait gives way to what is more urgent.
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(run, 50);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: 1_000 });
  return () => cancelIdleCallback(handle);
};

/** The end of the path at once, what lies before it little by little, without moving what is being read. */
export function useRecent(
  path: readonly Step[],
  conversation: string | null,
  box: RefObject<HTMLElement | null>,
  /** A message that is to be among those drawn at once. */
  found: string | null = null,
) {
  const [kept, setWish] = useState<Wish>({ conversation, from: null, extra: 0 });
  const { from, extra } = kept.conversation === conversation ? kept : { from: null, extra: 0 };
  const latest = partOf(path.length - FIRST);
  const place = found === null ? -1 : path.findIndex((step) => step.message.id === found);
  const first = Math.min(from ?? latest, place < 0 ? latest : partOf(place), latest);
  const earliest = Math.min(first, partOf(path.length - BY_ITSELF - extra));

  const grow = useCallback(
    (next: Omit<Wish, "conversation">): void => {
      const element = box.current;
      const fromEnd = element ? element.scrollHeight - element.scrollTop : 0;
      flushSync(() => setWish({ ...next, conversation }));
      if (!element) return;
      const place = element.scrollHeight - fromEnd;
      if (Math.abs(element.scrollTop - place) > 1) element.scrollTo({ top: place });
    },
    [box, conversation],
  );

  useEffect(() => {
    if (first <= earliest) return;
    return whenIdle(() => grow({ extra, from: Math.max(earliest, first - SLICE) }));
  }, [first, earliest, extra, grow]);

  function showEarlier(): void {
    grow({ extra: extra + PORTION, from: Math.max(0, first - SLICE) });
    box.current?.focus({ preventScroll: true }); // the button may be gone
  }

  return { first, earlier: earliest, showEarlier };
}

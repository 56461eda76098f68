import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR_PX = 72;

/** Keeps the end in view while text arrives, unless the reader has scrolled up; then it offers a way back. */
export function useStickToBottom(conversation: string) {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const [away, setAway] = useState(false);

  const toBottom = useCallback(() => {
    stuck.current = true;
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, []);

  useLayoutEffect(toBottom, [conversation, toBottom]);

  useEffect(() => {
    const [outer, inner] = [box.current, content.current];
    if (!outer || !inner) return;
    const onScroll = (): void => {
      stuck.current = outer.scrollHeight - outer.scrollTop - outer.clientHeight < NEAR_PX;
      setAway(!stuck.current);
    };
    const onGrowth = new ResizeObserver(() => {
      if (stuck.current) outer.scrollTo({ top: outer.scrollHeight });
    });
    outer.addEventListener("scroll", onScroll, { passive: true });
    onGrowth.observe(inner);
    onGrowth.observe(outer); // the box shrinks when the message box grows or a phone's keyboard opens
    return () => {
      outer.removeEventListener("scroll", onScroll);
      onGrowth.disconnect();
    };
  }, []);

  return { box, content, away, toBottom };
}

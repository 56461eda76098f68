import { useLayoutEffect, useRef } from "react";

/** A text box that grows with its text, up to the max-height of its style. */
export function useAutoHeight(value: string) {
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [value]);
  return box;
}

import { useLayoutEffect, useRef } from "react";

const LONG = 20_000; // characters

/** A text box that grows with its text, up to the max-height of its style. */
export function useAutoHeight(value: string) {
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    // Measuring a very long text takes seconds, and its height is the greatest anyway.
    if (value.length > LONG) {
      element.style.height = "100vh";
      return;
    }
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [value]);
  return box;
}

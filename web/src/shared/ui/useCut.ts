import { useState } from "react";

/** Shows the first `first` of many things until all are wished for. A few more than that are shown at once. */
export function useCut(total: number, first: number): { shown: number; showAll: (() => void) | null } {
  const [all, setAll] = useState(false);
  if (all || total <= first * 1.25) return { shown: total, showAll: null };
  return { shown: first, showAll: () => setAll(true) };
}

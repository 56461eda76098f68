import { useEffect } from "react";

/** Pages that are asked for by themselves while nothing is found: each looks through some thousand conversations. */
const PAGES = 12;

/** Goes on looking while the pages so far are empty; after a while somebody is asked whether it should. */
export function useFarther(found: number, pages: number, canGoOn: boolean, goOn: () => Promise<unknown>): void {
  useEffect(() => {
    if (found === 0 && canGoOn && pages < PAGES) void goOn();
  }, [found, pages, canGoOn, goOn]);
}

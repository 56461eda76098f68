// When the button invites by itself: after some seconds on a page that is meant, and never again once it was closed or the
// chat was opened. The path is looked at again and again, because many sites change it without loading anything.

/** Whether a path is meant by one of the patterns; "*" in them is anything. No pattern means every path. */
export function isMeant(path: string, patterns: readonly string[]): boolean {
  const literal = (part: string): string => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return (
    patterns.length === 0 ||
    patterns.some((each) => new RegExp(`^${each.split("*").map(literal).join(".*")}$`).test(path))
  );
}

/** Calls `show` once the page was looked at for so long; `isOver` ends it before. */
export function inviteLater(
  seconds: number,
  patterns: readonly string[],
  isOver: () => boolean,
  show: () => void,
): void {
  let looked = 0;
  const timer = setInterval(() => {
    if (isOver()) return clearInterval(timer);
    if (document.hidden) return;
    looked = isMeant(location.pathname, patterns) ? looked + 1 : 0;
    if (looked <= 0 || looked < seconds) return;
    clearInterval(timer);
    show();
  }, 1000);
}

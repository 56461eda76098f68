// What the server says beside its answers, and what follows from it for the whole page: that nobody is logged in any more,
// that it wants to be left alone for a while, and what time it is there.
import { Signal } from "./signal";

/** Whether a login has ended while the page was open. The page stays, and asks for it again. */
export const loggedOut = new Signal(false);

/** When something may be asked again, in milliseconds of `Date.now()`; 0: now. */
export const busyUntil = new Signal(0);

let ahead = 0;

/** Now, by the server's clock: its times make sense beside this one, however wrong the clock here is. */
export const serverNow = (): Date => new Date(Date.now() + ahead);

/** Asking who somebody is, and logging in, are answered with 401 for other reasons. */
const LOGIN = new Set(["/api/session", "/api/owner"]);

export function listen(path: string, response: Response): void {
  if (response.status === 401 && !LOGIN.has(path)) loggedOut.set(true);
  const after = Number(response.headers.get("retry-after"));
  if (response.status === 429 && after > 0) busyUntil.set(Date.now() + after * 1000);
  const there = Date.parse(response.headers.get("date") ?? "");
  // The header has whole seconds, and was on its way: what is less than that is no difference.
  if (Number.isFinite(there)) ahead = Math.abs(there - Date.now()) < 5_000 ? 0 : there - Date.now();
}

/** Resolves when somebody is logged in again, or the signal is aborted. */
export function loggedInAgain(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (loggedOut.get() && !signal.aborted) return;
      unsubscribe();
      signal.removeEventListener("abort", look);
      resolve();
    };
    if (!loggedOut.get() || signal.aborted) return resolve();
    const unsubscribe = loggedOut.subscribe(look);
    signal.addEventListener("abort", look);
  });
}

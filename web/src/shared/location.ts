// The address bar is the only router state: "/" is a new conversation, "/c/ID" is that one, "/console/PAGE" one of the console's.
import { useMemo, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

export const usePath = (): string => useSyncExternalStore(subscribe, () => window.location.pathname);

/** What stands behind "?": filters and searches belong there, so that a page can be linked and reloaded. */
export function useSearch(): URLSearchParams {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  return useMemo(() => new URLSearchParams(search), [search]);
}

/** Goes to `path`, a search behind "?" included. */
export function navigate(path: string, how: "push" | "replace" = "push"): void {
  if (path === window.location.pathname + window.location.search) return;
  window.history[how === "push" ? "pushState" : "replaceState"](null, "", path);
  listeners.forEach((listener) => listener());
}

/** Changes parts of the search and keeps the others; null takes one away. */
export function setSearch(changes: Readonly<Record<string, string | null>>): void {
  const search = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") search.delete(name);
    else search.set(name, value);
  }
  const rest = search.toString();
  navigate(window.location.pathname + (rest ? `?${rest}` : ""), "replace");
}

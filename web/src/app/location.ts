// The address bar is the only router state: "/" is a new conversation, "/c/ID" is that one.
import { useSyncExternalStore } from "react";

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

export function navigate(path: string, how: "push" | "replace" = "push"): void {
  if (path === window.location.pathname) return;
  window.history[how === "push" ? "pushState" : "replaceState"](null, "", path);
  listeners.forEach((listener) => listener());
}

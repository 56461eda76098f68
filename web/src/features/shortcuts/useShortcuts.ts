import { useEffect } from "react";

export interface ShortcutHandlers {
  newConversation: () => void;
  search: () => void;
  toggleSidebar: () => void;
  focusComposer: () => void;
  help: () => void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);

/** Which shortcut a key press is, if any; `?` only outside of text, where it is a character. */
export function shortcutOf(event: KeyboardEvent): keyof ShortcutHandlers | null {
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (mod && event.shiftKey && key === "o") return "newConversation";
  if (mod && !event.shiftKey && key === "k") return "search";
  if (mod && !event.shiftKey && key === "b") return "toggleSidebar";
  if (mod && key === "/") return "help";
  if (event.shiftKey && key === "escape") return "focusComposer";
  if (!mod && !event.altKey && event.key === "?" && !isTyping(event.target)) return "help";
  return null;
}

export function useShortcuts(handlers: ShortcutHandlers): void {
  useEffect(() => {
    // Captured, so that Shift+Escape is not taken for the Escape that stops an answer.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (document.querySelector("[role=alertdialog]")) return;
      const shortcut = shortcutOf(event);
      if (!shortcut) return;
      event.preventDefault();
      handlers[shortcut]();
    };
    document.addEventListener("keydown", onKeyDown, true);
    return () => document.removeEventListener("keydown", onKeyDown, true);
  }, [handlers]);
}

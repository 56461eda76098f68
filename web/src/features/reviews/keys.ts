// One key for each decision, where nobody writes and nothing stands over the page.
import { useEffect } from "react";

export type Command = "accept" | "edit" | "redact" | "reject" | "curate" | "case" | "undo" | "next" | "previous";

export const KEYS: Readonly<Record<Command, string>> = {
  accept: "a",
  edit: "e",
  redact: "r",
  reject: "x",
  curate: "c",
  case: "t",
  undo: "u",
  next: "j",
  previous: "k",
};

const COMMANDS = new Map(Object.entries(KEYS).map(([command, key]) => [key, command as Command]));

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
}

/** The command of a key; null: none. A key that is held down moves, and decides nothing. */
export function commandOf(press: Press): Command | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const command = COMMANDS.get(press.key) ?? null;
  if (press.repeat && command !== "next" && command !== "previous") return null;
  return command;
}

const WRITING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
const OVER = "[role=dialog], [role=alertdialog], [role=menu]";

const isBusy = (target: EventTarget | null): boolean =>
  (target instanceof Element && target.closest(WRITING) !== null) || document.querySelector(OVER) !== null;

export function useKeys(on: boolean, run: (command: Command) => void): void {
  useEffect(() => {
    if (!on) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      const command = isBusy(event.target) || event.defaultPrevented ? null : commandOf(event);
      if (command === null) return;
      event.preventDefault();
      run(command);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [on, run]);
}

// Short notes that something is done, with a way back. They go by themselves, but not while they are looked at.

export interface Toast {
  id: number;
  text: string;
  undo: (() => void) | null;
  bad: boolean;
}

let shown: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(toasts: readonly Toast[]): void {
  shown = toasts;
  listeners.forEach((listener) => listener());
}

interface Options {
  undo?: () => Promise<unknown>;
  bad?: boolean;
}

export function toast(text: string, { undo, bad = false }: Options = {}): void {
  const id = next++;
  const back = undo
    ? () => {
        dismiss(id);
        undo().catch((error: unknown) => toast(error instanceof Error ? error.message : String(error), { bad: true }));
      }
    : null;
  set([...shown.slice(-3), { id, text, undo: back, bad }]);
}

export function dismiss(id: number): void {
  set(shown.filter((each) => each.id !== id));
}

export const toasts = {
  current: (): readonly Toast[] => shown,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

// One polite live region for the whole page. The streaming answer itself is not live: read token by token it would be noise.

let spoken = "";
const listeners = new Set<() => void>();

export function announce(what: string): void {
  // The same words twice would not change the region and so not be read; an invisible space makes them differ.
  spoken = what === spoken ? `${what}\u00A0` : what;
  listeners.forEach((listener) => listener());
}

export const announcements = {
  current: (): string => spoken,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

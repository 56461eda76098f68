// Whether the server can be reached, by evidence. `navigator.onLine` alone is wrong both ways: a laptop without a network
// still reaches a server on loopback, and a connected one may have lost its server.

const PROBE_MS = 3000;

class Connection {
  private reachable = true;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly isReachable = (): boolean => this.reachable;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Every request tells how it went; a failed one starts asking until the server answers again. */
  report(reachable: boolean): void {
    if (reachable === this.reachable) return;
    this.reachable = reachable;
    clearTimeout(this.timer);
    if (!reachable) this.probeLater();
    this.listeners.forEach((listener) => listener());
  }

  readonly probe = async (): Promise<void> => {
    try {
      await fetch("/api/bot", { cache: "no-store", signal: AbortSignal.timeout(10_000) });
      this.report(true);
    } catch {
      this.report(false);
      this.probeLater();
    }
  };

  private probeLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.probe(), PROBE_MS);
  }
}

export const connection = new Connection();

/** The browser's own events are a hint to look at once. */
export function watchNetwork(): void {
  window.addEventListener("offline", () => void connection.probe());
  window.addEventListener("online", () => void connection.probe());
}

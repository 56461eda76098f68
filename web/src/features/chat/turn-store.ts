// What has arrived of the running turns. It lives outside of React and of the query cache, so that a new token redraws the
// one message that it belongs to, at most once per frame, and so that a view which comes back finds the text still there.
import type { Message, Route, Source } from "../../shared/api-types";
import { readTurn, type TurnEvent } from "./turn-stream";

export interface TurnView {
  readonly text: string;
  readonly route: Route | null;
  readonly sources: readonly Source[];
  readonly leftOut: number;
  readonly connected: boolean;
}

const NOTHING_YET: TurnView = { text: "", route: null, sources: [], leftOut: 0, connected: true };

interface Turn {
  view: TurnView;
  last: number;
  final: Message | null;
  listeners: Set<() => void>;
  frame: boolean;
}

export interface TurnEndings {
  onFinal: (message: Message) => void;
  onGone: () => void;
}

export class TurnStore {
  private readonly turns = new Map<string, Turn>();

  /** `nextFrame` is the browser's frame clock; a test passes its own. */
  constructor(private readonly nextFrame: (draw: () => void) => void = (draw) => requestAnimationFrame(draw)) {}

  view(turnId: string): TurnView {
    return this.turns.get(turnId)?.view ?? NOTHING_YET;
  }

  subscribe(turnId: string, listener: () => void): () => void {
    const { listeners } = this.turn(turnId);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Reads the turn from where it was left until it ends or the returned function is called. */
  follow(turnId: string, endings: TurnEndings): () => void {
    const turn = this.turn(turnId);
    const stop = new AbortController();
    if (turn.final) {
      // A slow answer of the server may show as running what we have already seen ending.
      const { final } = turn;
      queueMicrotask(() => stop.signal.aborted || endings.onFinal(final));
      return () => stop.abort();
    }
    const reading = readTurn({
      turnId,
      after: turn.last,
      signal: stop.signal,
      onEvent: (event, id) => {
        turn.last = id;
        this.take(turn, event);
      },
      onConnection: (connected) => this.change(turn, { connected }),
    });
    void reading.then((end) => {
      if (end === "final" && turn.final) endings.onFinal(turn.final);
      else if (end === "gone") endings.onGone();
    });
    return () => stop.abort();
  }

  private take(turn: Turn, event: TurnEvent): void {
    switch (event.name) {
      case "delta":
        this.change(turn, { text: turn.view.text + event.data.text });
        break;
      case "route":
        this.change(turn, {
          route: event.data.route,
          sources: event.data.sources,
          leftOut: Number(event.data.left_out) || 0,
        });
        break;
      case "done":
        turn.final = event.data;
        break;
      case "error": {
        const { message, error } = event.data;
        turn.final = { ...message, error: message.error ?? error.message };
        break;
      }
    }
  }

  private change(turn: Turn, part: Partial<TurnView>): void {
    turn.view = { ...turn.view, ...part };
    if (turn.frame) return;
    turn.frame = true;
    this.nextFrame(() => {
      turn.frame = false;
      turn.listeners.forEach((listener) => listener());
    });
  }

  private turn(turnId: string): Turn {
    let turn = this.turns.get(turnId);
    if (!turn) {
      turn = { view: NOTHING_YET, last: 0, final: null, listeners: new Set(), frame: false };
      this.turns.set(turnId, turn);
    }
    return turn;
  }
}

export const turnStore = new TurnStore();

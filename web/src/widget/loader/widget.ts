// The widget on a site: opens and closes the panel, loads the frame when it is wanted, and speaks with it. What the site's
// scripts may do is `window.chatwright`; what they get to know are events.
import { fromFrame, isIdentity, MARK, type FromFrame, type Identity, type SharedMessage, type ToFrame } from "../protocol";
import { inviteLater } from "./invitation";
import { knows, learn } from "./memory";
import type { Options } from "./settings";
import { View } from "./view";

export interface WidgetEvents {
  ready: null;
  open: null;
  close: null;
  message: SharedMessage;
  unread: { count: number };
  handover: null;
}

/** What scripts of the site find at `window.chatwright`. */
export interface WidgetApi {
  open: () => void;
  close: () => void;
  toggle: () => void;
  /** Who is logged in on the site, signed by its server; null when they log out. */
  identify: (identity: Identity | null) => void;
  /** Calls `listener` with what an event tells; returns a function that ends it. */
  on: <Name extends keyof WidgetEvents>(name: Name, listener: (detail: WidgetEvents[Name]) => void) => () => void;
}

/** A frame whose page has loaded and said nothing for so long was refused, or is broken. */
const SILENT_MS = 2_000;
const NEVER_MS = 20_000;

export class Widget {
  private readonly view: View;
  private frame: HTMLIFrameElement | null = null;
  private ready = false;
  private opened = false;
  private identity: Identity | null = null;
  private cameFrom: HTMLElement | null = null;
  private covered: HTMLElement[] = [];
  private patience: ReturnType<typeof setTimeout> | undefined;

  /** `server`: the origin that the script came from. */
  constructor(
    private readonly options: Options,
    private readonly server: string,
  ) {
    this.view = new View(options);
    this.view.launcher.onclick = () => this.set(!this.opened);
    this.view.host.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.opened) this.set(false);
    });
    addEventListener("message", (event) => {
      if (event.origin !== server || !this.frame || event.source !== this.frame.contentWindow) return;
      const message = fromFrame(event.data);
      if (message) this.hear(message);
    });
  }

  start(): WidgetApi {
    document.body.append(this.view.host);
    if (knows("open") && !this.view.covers()) this.set(true, false);
    // Somebody who has begun a chat is told of what comes, also on the next page.
    else if (knows("begun")) setTimeout(() => this.load(), 1_500);
    this.inviteLater();
    return {
      open: () => this.set(true),
      close: () => this.set(false),
      toggle: () => this.set(!this.opened),
      identify: (identity) => this.identify(identity),
      on: (name, listener) => {
        const hear = (event: Event): void => listener((event as CustomEvent).detail);
        addEventListener(`chatwright:${name}`, hear);
        return () => removeEventListener(`chatwright:${name}`, hear);
      },
    };
  }

  tell<Name extends keyof WidgetEvents>(name: Name, detail: WidgetEvents[Name]): void {
    dispatchEvent(new CustomEvent(`chatwright:${name}`, { detail }));
  }

  private set(open: boolean, focus = true): void {
    if (open === this.opened) return;
    this.opened = open;
    learn("open", open);
    if (open) learn("invited", true);
    const active = document.activeElement;
    if (open) this.cameFrom = active instanceof HTMLElement && active !== document.body ? active : null;
    this.view.show(open);
    this.cover(open && this.view.covers());
    if (open) {
      this.load();
      this.view.count(0);
      if (focus) this.frame?.focus();
    } else if (focus) {
      // Back to where it was opened from; the button stands in the shadow tree of our own element.
      const back = this.cameFrom?.isConnected && this.cameFrom !== this.view.host ? this.cameFrom : this.view.launcher;
      back.focus();
    }
    this.say({ kind: "shown", open, focus });
    this.tell(open ? "open" : "close", null);
  }

  /** Nothing behind a panel that covers the page can be reached, or scrolled. */
  private cover(covers: boolean): void {
    for (const each of this.covered) each.inert = false;
    const others = [...document.body.children].filter((each) => each !== this.view.host);
    this.covered = covers ? others.filter((each): each is HTMLElement => each instanceof HTMLElement && !each.inert) : [];
    for (const each of this.covered) each.inert = true;
    document.documentElement.style.overflow = covers ? "hidden" : "";
  }

  private load(): void {
    if (this.frame) return;
    const { language, theme, accent } = this.options;
    // After the "#": no server and no log gets to see it.
    const about = new URLSearchParams({ origin: location.origin, language, theme, accent });
    const page = location.origin === this.server ? "/widget/preview" : "/widget";
    this.frame = this.view.frame(`${this.server}${page}#${about.toString()}`);
    this.frame.onload = () => this.wait(SILENT_MS);
    this.wait(NEVER_MS);
  }

  private wait(milliseconds: number): void {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.ready || this.view.fail(() => this.reload()), milliseconds);
  }

  private reload(): void {
    this.view.mend();
    this.frame?.remove();
    this.frame = null;
    this.load();
  }

  private hear(message: FromFrame): void {
    switch (message.kind) {
      case "ready":
        this.ready = true;
        clearTimeout(this.patience);
        this.view.mend();
        this.say({ kind: "hello", open: this.opened, identity: this.identity });
        break;
      case "close":
        this.set(false);
        break;
      case "unread":
        if (!this.opened) this.view.count(message.count);
        this.tell("unread", { count: message.count });
        break;
      case "message":
        learn("begun", true);
        this.tell("message", message.message);
        break;
      case "handover":
        this.tell("handover", null);
        break;
    }
  }

  private say(message: ToFrame): void {
    if (this.ready) this.frame?.contentWindow?.postMessage({ mark: MARK, ...message }, this.server);
  }

  private identify(identity: Identity | null): void {
    if (identity !== null && !isIdentity(identity)) {
      throw new TypeError("chatwright.identify takes { user, signature }, both strings, or null.");
    }
    this.identity = identity;
    this.say({ kind: "identify", identity });
  }

  private inviteLater(): void {
    const { invitation, invitation_seconds, invitation_paths } = this.options;
    const isOver = (): boolean => this.opened || knows("invited");
    if (!invitation || isOver()) return;
    inviteLater(invitation_seconds, invitation_paths, isOver, () =>
      this.view.invite(
        invitation,
        () => this.set(true),
        () => learn("invited", true),
      ),
    );
  }
}

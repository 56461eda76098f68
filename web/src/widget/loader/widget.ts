// The widget on a site: opens and closes the panel, loads the frame when it is wanted, and speaks with it. What the site's
// scripts may do is `window.chatwright`; what they get to know are events.
import {
  fromFrame,
  isIdentity,
  MARK,
  type FromFrame,
  type Identity,
  type SharedMessage,
  type ToFrame,
} from "../protocol";
import { inviteLater } from "./invitation";
import { knows, learn } from "./memory";
import type { Options } from "./settings";
import { covers, makeView } from "./view";

export interface WidgetEvents {
  ready: null;
  open: null;
  close: null;
  message: SharedMessage;
  unread: { count: number };
  handover: null;
}

declare global {
  interface Window {
    chatwright?: WidgetApi;
  }
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

type Tell = <Name extends keyof WidgetEvents>(name: Name, detail: WidgetEvents[Name]) => void;

/** A frame whose page has loaded and said nothing for so long was refused, or is broken. */
const SILENT_MS = 2_000;
const NEVER_MS = 20_000;

const tell: Tell = (name, detail) => void dispatchEvent(new CustomEvent(`chatwright:${name}`, { detail }));

/** `server`: the origin that the script came from. Puts the button on the page. */
export function startWidget(options: Options, server: string): void {
  let frame: HTMLIFrameElement | undefined;
  let ready = false;
  let opened = false;
  let unread = 0;
  let identity: Identity | null = null;
  let cameFrom: Element | null = null;
  let covered: HTMLElement[] = [];
  let patience: ReturnType<typeof setTimeout> | undefined;
  const view = makeView(options, () => set(!opened));

  const say = (message: ToFrame): void => {
    if (ready) frame?.contentWindow?.postMessage({ mark: MARK, ...message }, server);
  };

  function set(open: boolean, focus = true): void {
    if (open === opened) return;
    opened = open;
    learn("open", open);
    if (open) {
      learn("invited", true);
      cameFrom = document.activeElement;
      unread = 0;
    }
    view.show(open, unread);
    cover(open && covers());
    if (open) load();
    if (focus) {
      // Into the frame, and back to where it was opened from; within our shadow tree that is the button.
      const back =
        cameFrom instanceof HTMLElement && cameFrom.isConnected && cameFrom !== document.body ? cameFrom : view.host;
      (open ? frame : back === view.host ? view.launcher : back)?.focus();
    }
    say({ kind: "shown", open, focus });
    tell(open ? "open" : "close", null);
  }

  /** Nothing behind a panel that covers the page can be reached, or scrolled. */
  function cover(all: boolean): void {
    for (const each of covered) each.inert = false;
    covered = [];
    for (const each of document.body.children) {
      if (all && each instanceof HTMLElement && each !== view.host && !each.inert) covered.push(each);
    }
    for (const each of covered) each.inert = true;
    document.documentElement.style.overflow = all ? "hidden" : "";
  }

  function load(): void {
    if (frame) return;
    const { language, theme, accent } = options;
    // After the "#": no server and no log gets to see it.
    const about = new URLSearchParams({ origin: location.origin, language, theme, accent });
    const page = location.origin === server ? "/widget/preview" : "/widget";
    frame = view.frame(`${server + page}#${about}`);
    frame.onload = () => wait(SILENT_MS);
    wait(NEVER_MS);
  }

  function wait(milliseconds: number): void {
    clearTimeout(patience);
    patience = setTimeout(() => ready || view.fail(reload), milliseconds);
  }

  function reload(): void {
    view.mend();
    frame?.remove();
    frame = undefined;
    ready = false;
    load();
  }

  function hear(message: FromFrame): void {
    const { kind } = message;
    if (kind === "ready") {
      ready = true;
      view.mend();
      say({ kind: "hello", open: opened, identity });
    } else if (kind === "close") {
      set(false);
    } else if (kind === "unread") {
      unread = message.count;
      view.show(opened, unread);
      tell(kind, { count: unread });
    } else if (kind === "message") {
      learn("begun", true);
      tell(kind, message.message);
    } else tell(kind, null);
  }

  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== server || !frame || source !== frame.contentWindow) return;
    const message = fromFrame(data);
    if (message) hear(message);
  });
  view.host.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") set(false);
  });

  document.body.append(view.host);
  window.chatwright = {
    open: () => set(true),
    close: () => set(false),
    toggle: () => set(!opened),
    identify: (who) => {
      if (who !== null && !isIdentity(who)) throw new TypeError("identify takes { user, signature } or null");
      identity = who;
      say({ kind: "identify", identity });
    },
    on: (name, listener) => {
      const heard = (event: Event): void => listener((event as CustomEvent).detail);
      addEventListener(`chatwright:${name}`, heard);
      return () => removeEventListener(`chatwright:${name}`, heard);
    },
  };
  if (knows("open") && !covers()) set(true, false);
  // Somebody who has begun a chat is told of what comes, also on the next page.
  else if (knows("begun")) setTimeout(load, 1_500);
  const isOver = (): boolean => opened || knows("invited");
  const { invitation, invitation_seconds: seconds, invitation_paths: paths } = options;
  if (invitation && !isOver()) {
    inviteLater(seconds, paths, isOver, () =>
      view.invite(
        invitation,
        () => set(true),
        () => learn("invited", true),
      ),
    );
  }
  tell("ready", null);
}

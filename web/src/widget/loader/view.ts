// What stands on the site: the button, its badge, the invitation, and the panel for the frame. Knows no messages. Made of
// functions and not of a class, because a build cannot shorten the names of a class's members.
import { inkOn } from "../ink";
import rules from "./loader.css?inline";
import type { Options } from "./settings";
import { LOADER_WORDS } from "./words";

const SPEECH = "M4 5h16v11H9l-5 4z";
const CROSS = "M6 6l12 12M18 6L6 18";
const SVG = "http://www.w3.org/2000/svg";
const SCHEMES = { auto: "light dark", light: "light", dark: "dark" };
/** Where the panel covers the whole page, as on a phone; the same stands in loader.css. */
export const covers = (): boolean => matchMedia("(max-width: 520px), (max-height: 480px)").matches;

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.append(...inside);
  return element;
}

function button(className: string, run: () => void, ...inside: (Node | string)[]): HTMLButtonElement {
  const made = make("button", className, ...inside);
  made.type = "button"; // the site may have put us into a form
  made.onclick = run;
  return made;
}

export type View = ReturnType<typeof makeView>;

export function makeView(options: Options, toggle: () => void) {
  const { accent, label, position, spoken, theme, title } = options;
  const [toOpen, toClose, waiting, toDismiss, hasFailed, toRetry] = LOADER_WORDS[spoken];
  const path = document.createElementNS(SVG, "path");
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.append(path);

  const badge = make("span", "badge");
  const launcher = button("launcher", toggle, svg, label, badge);
  const panel = make("div", "card panel");
  panel.role = "dialog";
  panel.ariaLabel = title;
  // The button comes first, so that the way from it leads into the panel.
  const root = make("div", `root ${position}`, launcher, panel);
  root.lang = spoken;
  root.dir = spoken === "ar" ? "rtl" : "ltr";

  const host = document.createElement("chatwright-widget");
  const tree = host.attachShadow({ mode: "open" });
  // A constructed sheet: no policy of a site forbids it, as it would a style tag.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.root{--accent:${accent};--ink:${inkOn(accent)};--scheme:${SCHEMES[theme]}}${rules}`);
  tree.adoptedStyleSheets = [sheet];
  tree.append(root);

  let failed: HTMLElement | undefined;
  let invitation: HTMLElement | undefined;
  const mend = (): void => failed?.remove();

  function show(open: boolean, unread: number): void {
    panel.hidden = !open;
    root.classList.toggle("opened", open);
    path.setAttribute("d", open ? CROSS : SPEECH);
    badge.hidden = open || !unread;
    badge.textContent = unread > 9 ? "9+" : String(unread);
    launcher.ariaExpanded = String(open);
    const name = open ? toClose : label || toOpen;
    launcher.ariaLabel = badge.hidden ? name : `${name}, ${waiting.replace("#", String(unread))}`;
    if (open) invitation?.remove();
  }

  function frame(address: string): HTMLIFrameElement {
    const made = make("iframe", "");
    made.title = title;
    made.referrerPolicy = "origin"; // whatever the site's own policy is: the server asks where it is shown
    made.allow = "clipboard-write";
    made.src = address;
    panel.append(made);
    return made;
  }

  function fail(retry: () => void): void {
    mend();
    failed = make("div", "failed", hasFailed, button("", retry, toRetry));
    failed.role = "alert";
    panel.append(failed);
  }

  function invite(text: string, accept: () => void, dismissed: () => void): void {
    const dismiss = (): void => {
      invitation?.remove();
      launcher.focus();
      dismissed();
    };
    const close = button("", dismiss, "×");
    close.ariaLabel = toDismiss;
    invitation = make("div", "card invitation");
    invitation.role = "status";
    root.prepend(invitation);
    invitation.append(button("", accept, text), close); // after the region is there: else nobody is told
  }

  show(false, 0);
  return { host, launcher, show, frame, fail, mend, invite };
}

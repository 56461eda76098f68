// What stands on the site: the button, its badge, the invitation, and the panel for the frame. Knows no messages.
import type { Options } from "./settings";
import { dress } from "./style";
import { LOADER_WORDS, type LoaderWords } from "./words";

const SPEECH = "M4 5h16v11H9l-5 4z";
const CROSS = "M6 6l12 12M18 6L6 18";

type Part = { [Name in keyof HTMLElementTagNameMap]: HTMLElementTagNameMap[Name] };

function make<Name extends keyof Part>(name: Name, className: string, ...inside: (Node | string)[]): Part[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.append(...inside);
  return element;
}

function icon(): { svg: SVGSVGElement; path: SVGPathElement } {
  const [svg, path] = [document.createElementNS("http://www.w3.org/2000/svg", "svg"), document.createElementNS("http://www.w3.org/2000/svg", "path")];
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return { svg, path };
}

export class View {
  readonly host = document.createElement("chatwright-widget");
  readonly launcher: HTMLButtonElement;
  readonly panel: HTMLDivElement;
  private readonly root: HTMLDivElement;
  private readonly badge = make("span", "badge");
  private readonly words: LoaderWords;
  private readonly path: SVGPathElement;
  private failed: HTMLElement | null = null;
  private invitation: HTMLElement | null = null;

  constructor(private readonly options: Options) {
    this.words = LOADER_WORDS[options.spoken];
    const { svg, path } = icon();
    this.path = path;
    this.badge.setAttribute("aria-hidden", "true");
    this.launcher = make("button", "launcher", svg, ...(options.label ? [make("span", "", options.label)] : []), this.badge);
    this.launcher.type = "button";
    this.panel = make("div", "card panel");
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("aria-label", options.title);
    // The button comes first, so that the way from it leads into the panel.
    this.root = make("div", `root ${options.position}`, this.launcher, this.panel);
    this.root.lang = options.spoken;
    this.root.dir = options.spoken === "ar" ? "rtl" : "ltr";
    const tree = this.host.attachShadow({ mode: "open" });
    dress(tree, options);
    tree.append(this.root);
    this.show(false);
    this.count(0);
  }

  show(open: boolean): void {
    this.panel.hidden = !open;
    this.root.classList.toggle("opened", open);
    this.path.setAttribute("d", open ? CROSS : SPEECH);
    this.launcher.setAttribute("aria-expanded", String(open));
    this.name(open, 0);
    if (open) this.uninvite();
  }

  count(unread: number): void {
    this.badge.hidden = unread === 0;
    this.badge.textContent = unread > 9 ? "9+" : String(unread);
    this.name(!this.panel.hidden, unread);
  }

  /** Whether the panel covers the whole page, as on a phone. */
  covers(): boolean {
    return matchMedia("(max-width: 520px), (max-height: 480px)").matches;
  }

  frame(address: string): HTMLIFrameElement {
    const frame = make("iframe", "");
    frame.title = this.options.title;
    frame.referrerPolicy = "origin"; // whatever the site's own policy is: the server asks where it is shown
    frame.allow = "clipboard-write";
    frame.src = address;
    this.panel.append(frame);
    return frame;
  }

  fail(retry: () => void): void {
    this.mend();
    const again = make("button", "", this.words.retry);
    again.type = "button";
    again.onclick = retry;
    this.failed = make("div", "failed", make("span", "", this.words.failed), again);
    this.failed.setAttribute("role", "alert");
    this.panel.append(this.failed);
  }

  mend(): void {
    this.failed?.remove();
    this.failed = null;
  }

  invite(text: string, accept: () => void, dismiss: () => void): void {
    const words = make("button", "words", text);
    const close = make("button", "dismiss", "×");
    close.setAttribute("aria-label", this.words.dismiss);
    words.type = close.type = "button";
    words.onclick = accept;
    close.onclick = () => {
      this.uninvite();
      this.launcher.focus();
      dismiss();
    };
    const card = make("div", "card invitation");
    card.setAttribute("role", "status");
    this.invitation = card;
    this.root.prepend(card);
    card.append(words, close); // after the region is there: else nobody is told
  }

  private uninvite(): void {
    this.invitation?.remove();
    this.invitation = null;
  }

  private name(open: boolean, unread: number): void {
    const { open: opens, close, unread: waiting } = this.words;
    const visible = this.options.label;
    const verb = open ? close : visible && !open ? visible : opens;
    this.launcher.setAttribute("aria-label", unread && !open ? `${verb}, ${waiting.replace("#", String(unread))}` : verb);
  }
}

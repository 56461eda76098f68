// The button's looks. A constructed sheet in a shadow tree: no policy of the site forbids it, none of the site's own
// rules reach it, and it changes nothing of the site.
import { inkOn, type Options } from "./settings";

const RULES = `
:host { all: initial }
* { box-sizing: border-box }
[hidden] { display: none !important }
.root { font: 15px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; color-scheme: var(--scheme) }
button { font: inherit; cursor: pointer }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; box-shadow: 0 0 0 2px #fff, 0 0 0 6px #000 }
.launcher { position: fixed; inset-block-end: 20px; inset-inline-end: 20px; z-index: 2147483000; display: flex; align-items: center;
  gap: 8px; min-width: 56px; height: 56px; padding: 0 16px; border: 2px solid transparent; border-radius: 28px; background: var(--accent);
  color: var(--ink); box-shadow: 0 2px 6px #0003, 0 8px 24px #0003 }
.start .launcher { inset-inline: 20px auto }
.launcher svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
.badge { position: absolute; inset-block-start: -6px; inset-inline-end: -4px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px;
  border: 1px solid #fff; background: #b3261e; color: #fff; font-size: 13px; font-weight: 600; line-height: 20px; text-align: center }
.card { position: fixed; inset-block-end: 88px; inset-inline-end: 20px; z-index: 2147483000; background: light-dark(#fff, #1a211e);
  color: light-dark(#1b2320, #e4eae6); border: 1px solid light-dark(#d6dbd2, #2c3631); border-radius: 16px; box-shadow: 0 4px 12px #0002, 0 12px 40px #0003 }
.start .card { inset-inline: 20px auto }
.panel { display: grid; width: min(400px, calc(100vw - 40px)); height: min(660px, calc(100dvh - 108px)); overflow: hidden }
.panel > * { grid-area: 1 / 1; width: 100%; height: 100% }
iframe { border: 0; color-scheme: var(--scheme) }
.failed { display: grid; place-content: center; justify-items: center; gap: 12px; padding: 24px; text-align: center }
.failed button, .invitation .words { padding: 8px 14px; border: 1px solid currentColor; border-radius: 10px; background: none; color: inherit }
.invitation { display: flex; align-items: start; gap: 4px; max-width: min(300px, calc(100vw - 40px)); padding: 6px }
.invitation .words { flex: 1; border-color: transparent; text-align: start }
.invitation .dismiss { width: 32px; height: 32px; flex: none; padding: 0; border: 0; border-radius: 8px; background: none; color: inherit; font-size: 20px; line-height: 1 }
@media (max-width: 520px), (max-height: 480px) {
  .panel { position: fixed; inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0 }
  .start .panel { inset: 0 }
  .opened .launcher { display: none }
}
@media (prefers-reduced-motion: no-preference) {
  .launcher, .card { animation: rise 160ms ease-out }
  @keyframes rise { from { opacity: 0; translate: 0 8px } }
}
@media print { .root { display: none } }
`;

const SCHEMES = { auto: "light dark", light: "light", dark: "dark" };

export function dress(tree: ShadowRoot, { accent, theme }: Options): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.root { --accent: ${accent}; --ink: ${inkOn(accent)}; --scheme: ${SCHEMES[theme]} }${RULES}`);
  tree.adoptedStyleSheets = [sheet];
}

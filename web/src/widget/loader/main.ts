// <script src="https://HOST/widget.js" async></script>: this file, built, with the bot's settings put in by the server.
import { optionsOf, type Settings } from "./settings";
import { startWidget } from "./widget";

function start(settings: Settings, { dataset, src }: HTMLScriptElement): void {
  if (window.chatwright) return; // once on a page
  const begin = (): void => startWidget(optionsOf(settings, dataset, document), new URL(src).origin);
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
}

if (document.currentScript instanceof HTMLScriptElement) {
  // The server puts the settings in place of this text.
  start("CHATWRIGHT_WIDGET_SETTINGS" as unknown as Settings, document.currentScript);
}

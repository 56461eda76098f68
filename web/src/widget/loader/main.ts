// <script src="https://HOST/widget.js" async></script>: this file, built, with the bot's settings put in by the server.
import { optionsOf, type Settings } from "./settings";
import { Widget, type WidgetApi } from "./widget";

declare global {
  interface Window {
    chatwright?: WidgetApi;
  }
}

function start(settings: Settings, script: HTMLScriptElement): void {
  if (window.chatwright || window.top !== window.self) return; // once on a page, and not within frames of it
  const widget = new Widget(optionsOf(settings, script.dataset, document), new URL(script.src).origin);
  const begin = (): void => {
    window.chatwright = widget.start();
    widget.tell("ready", null);
  };
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
}

if (document.currentScript instanceof HTMLScriptElement) {
  // The server puts the settings in place of this text.
  start("CHATWRIGHT_WIDGET_SETTINGS" as unknown as Settings, document.currentScript);
}

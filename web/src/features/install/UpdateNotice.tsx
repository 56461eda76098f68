import { useEffect, useState } from "react";
import { text } from "../../shared/messages/text";

const EVERY_MS = 15 * 60_000;
const ENTRY = /<script[^>]+src="(\/assets\/[^"]+)"/;

/** The file that a page begins with: its name carries the content's hash, so another version has another one. */
export const entryOf = (html: string): string | null => ENTRY.exec(html)?.[1] ?? null;

/** Says that the server has another version of this page by now. Nothing is reloaded by itself: somebody may be writing. */
export function UpdateNotice() {
  const [there, setThere] = useState(false);
  useEffect(() => {
    const mine = document.querySelector<HTMLScriptElement>('script[type="module"][src^="/assets/"]');
    if (!mine || there) return;
    let last = Date.now();
    async function look(): Promise<void> {
      if (document.visibilityState !== "visible" || Date.now() - last < EVERY_MS) return;
      last = Date.now();
      const html = await fetch("/", { cache: "no-store" }).then(
        (response) => (response.ok ? response.text() : ""),
        () => "",
      );
      const entry = entryOf(html);
      if (entry !== null && entry !== mine?.getAttribute("src")) setThere(true);
    }
    const timer = setInterval(() => void look(), EVERY_MS);
    const onVisible = (): void => void look();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [there]);
  if (!there) return null;
  return (
    <div className="banner" role="status">
      <p>{text.page.update}</p>
      <button type="button" className="button" onClick={() => window.location.reload()}>
        {text.page.updateNow}
      </button>
    </div>
  );
}

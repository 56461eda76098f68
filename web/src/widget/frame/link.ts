// The line to the site's page. It is heard only if it is our parent and has the origin that it claims; and what we say
// reaches that origin alone, which the server has on its list, or else never showed this page in a frame.
import { MARK, toFrame, type FromFrame, type ToFrame } from "../protocol";

export type Tell = (message: FromFrame) => void;

export function connect(origin: string, hear: (message: ToFrame) => void, signal: AbortSignal): Tell {
  const site = window.parent;
  if (site === window || origin === "") return () => undefined;
  const listen = (event: MessageEvent): void => {
    if (event.source !== site || event.origin !== origin) return;
    const message = toFrame(event.data);
    if (message) hear(message);
  };
  window.addEventListener("message", listen, { signal });
  return (message) => site.postMessage({ mark: MARK, ...message }, origin);
}

import { useEffect, useEffectEvent, useState } from "react";

/** After this a stream that the server refused is asked for again. */
const AGAIN_MS = 5_000;

/** Follows a stream of named events while it is shown; the browser goes on where it ended. Whether it is connected. */
export function useEvents(path: string, name: string, onEvent: (data: unknown) => void): boolean {
  const [connected, setConnected] = useState(true);
  const told = useEffectEvent(onEvent);
  useEffect(() => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = (): void => {
      source = new EventSource(path);
      source.addEventListener(name, (event) => told(JSON.parse((event as MessageEvent<string>).data) as unknown));
      source.onopen = () => setConnected(true);
      source.onerror = () => {
        setConnected(false);
        if (source?.readyState === EventSource.CLOSED) timer = setTimeout(listen, AGAIN_MS);
      };
    };
    listen();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [path, name]);
  return connected;
}

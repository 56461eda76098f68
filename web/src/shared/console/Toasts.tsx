import { useEffect, useState, useSyncExternalStore } from "react";
import { consoleText } from "../messages/console/text";
import { IconButton } from "../ui/IconButton";
import { dismiss, toasts, type Toast } from "./toast";

/** Those with a way back stay longer. */
const SHOWN_MS = 6_000;
const UNDO_MS = 12_000;

export function Toasts() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.current);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((each) => (
        <Note key={each.id} toast={each} />
      ))}
    </div>
  );
}

function Note({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || toast.bad) return;
    const timer = setTimeout(() => dismiss(toast.id), toast.undo ? UNDO_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, toast]);
  return (
    <div
      className={toast.bad ? "toast bad" : "toast"}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{toast.text}</span>
      {toast.undo && (
        <button type="button" className="button quiet" onClick={toast.undo}>
          {consoleText.shell.undo}
        </button>
      )}
      <IconButton icon="close" label={consoleText.shell.dismiss} onClick={() => dismiss(toast.id)} />
    </div>
  );
}

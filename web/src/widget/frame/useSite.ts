// What the frame knows of the page around it: whether it is open, and whom the site says to be logged in.
import { useCallback, useEffect, useRef, useState } from "react";
import { COMPOSER_ID } from "../../features/chat/Composer";
import { hasTouchKeyboard } from "../../shared/ui/media";
import type { Identity, ToFrame } from "../protocol";
import { connect, type Tell } from "./link";

export interface Site {
  open: boolean;
  /** undefined: the site has not said yet. */
  identity: Identity | null | undefined;
  tell: Tell;
}

const CLOSE_ID = "close";

/** Where somebody who opens the chat wants to be; a keyboard that covers half a phone is not opened unasked. */
function focusInside(): void {
  const box = hasTouchKeyboard() ? null : document.getElementById(COMPOSER_ID);
  (box ?? document.getElementById(CLOSE_ID))?.focus();
}

export function useSite(origin: string): Site {
  const [open, setOpen] = useState(false);
  const [identity, setIdentity] = useState<Identity | null | undefined>(undefined);
  const tell = useRef<Tell>(() => undefined);
  const line = useCallback<Tell>((message) => tell.current(message), []);

  useEffect(() => {
    const end = new AbortController();
    const hear = (message: ToFrame): void => {
      if (message.kind !== "identify") setOpen(message.open);
      if (message.kind !== "shown") setIdentity(message.identity);
      if (message.kind === "shown" && message.open && message.focus) requestAnimationFrame(focusInside);
    };
    tell.current = connect(origin, hear, end.signal);
    tell.current({ kind: "ready" });
    return () => end.abort();
  }, [origin]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      // The first one stops an answer that is being given; see ChatView.
      if (document.querySelector("article[aria-busy='true'],[role=dialog],[role=alertdialog],[role=menu]")) return;
      line({ kind: "close" });
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [line]);

  return { open, identity, tell: line };
}

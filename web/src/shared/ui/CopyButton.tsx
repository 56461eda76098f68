import { useEffect, useState } from "react";
import { announce } from "../announce";
import { text } from "../messages/text";
import { IconButton } from "./IconButton";

const SHOWN_MS = 1800;

/** Copies text, and says so in its icon, its name and the live region. */
export function CopyButton({ value, label = text.actions.copy }: { value: string | (() => string); label?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(typeof value === "string" ? value : value());
      setCopied(true);
      announce(text.actions.copied);
    } catch {
      // Over plain http on another host the browser has no clipboard for pages.
      announce(text.actions.copyFailed);
      window.alert(text.actions.copyFailed);
    }
  }

  return (
    <IconButton
      icon={copied ? "check" : "copy"}
      label={copied ? text.actions.copied : label}
      onClick={() => void copy()}
    />
  );
}

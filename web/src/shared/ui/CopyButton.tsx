import { useEffect, useRef, useState } from "react";
import { announce } from "../announce";
import { text } from "../messages/text";
import { IconButton } from "./IconButton";

const SHOWN_MS = 1800;

async function copyText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    // Over plain http on another machine a page has no clipboard object; the old way still works there.
    const box = document.createElement("textarea");
    box.value = value;
    box.style.position = "fixed";
    box.style.opacity = "0";
    document.body.append(box);
    box.select();
    const copied = document.execCommand("copy");
    box.remove();
    return copied;
  }
}

/** Copies text, and says how that went in its icon, its name and the live region. */
export function CopyButton({ value, label = text.actions.copy }: { value: string; label?: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy(): Promise<void> {
    const done = await copyText(value);
    button.current?.focus();
    setCopied(done);
    announce(done ? text.actions.copied : text.actions.copyFailed);
  }

  const said = copied === null ? label : copied ? text.actions.copied : text.actions.copyFailed;
  const icon = copied === null ? "copy" : copied ? "check" : "alert";
  return <IconButton ref={button} icon={icon} label={said} onClick={() => void copy()} />;
}

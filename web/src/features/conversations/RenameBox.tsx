import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { messageOf } from "../../shared/api";
import { text } from "../../shared/messages/text";
import { useRename } from "./useConversations";

interface Props {
  id: string;
  title: string;
  onLeave: () => void;
}

/** Renames in place: Enter or leaving the box saves, Escape gives up. */
export function RenameBox({ id, title, onLeave }: Props) {
  const [value, setValue] = useState(title);
  const box = useRef<HTMLInputElement>(null);
  const left = useRef(false);
  const renaming = useRename(id);
  useEffect(() => {
    box.current?.focus();
    box.current?.select();
  }, []);

  function leave(): void {
    left.current = true;
    onLeave();
  }

  async function save(): Promise<void> {
    const next = value.trim();
    if (left.current || renaming.isPending) return;
    if (!next || next === title) return leave();
    try {
      await renaming.mutateAsync(next);
      leave();
    } catch {
      box.current?.focus();
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void save();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  }

  return (
    <div className="rename">
      <input
        ref={box}
        value={value}
        aria-label={text.conversations.renameLabel}
        aria-invalid={renaming.isError}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (!renaming.isError) void save();
        }}
      />
      {renaming.isError && <p role="alert">{text.conversations.renameFailed(messageOf(renaming.error))}</p>}
    </div>
  );
}

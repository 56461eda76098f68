import { useEffect, useId, useState, type KeyboardEvent } from "react";
import { text } from "../../shared/messages/text";
import { useAutoHeight } from "./useAutoHeight";

interface Props {
  content: string;
  onSave: (content: string) => void;
  onCancel: () => void;
}

export function EditBox({ content, onSave, onCancel }: Props) {
  const id = useId();
  const [value, setValue] = useState(content);
  const box = useAutoHeight(value);
  useEffect(() => {
    box.current?.focus();
    box.current?.setSelectionRange(content.length, content.length);
  }, [box, content]);

  const save = (): void => {
    if (value.trim()) onSave(value.trim());
  };

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      save();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    }
  }

  return (
    <div className="edit-box">
      <label htmlFor={id} className="visually-hidden">
        {text.edit.label}
      </label>
      <textarea
        id={id}
        ref={box}
        rows={1}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={onKeyDown}
        aria-describedby={`${id}note`}
      />
      <div className="form-actions">
        <p id={`${id}note`}>{text.edit.note}</p>
        <button type="button" className="button" onClick={onCancel}>
          {text.edit.cancel}
        </button>
        <button type="button" className="button primary" disabled={!value.trim()} onClick={save}>
          {text.edit.save}
        </button>
      </div>
    </div>
  );
}

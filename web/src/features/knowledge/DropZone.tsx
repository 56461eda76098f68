import { useId, useRef, useState, type DragEvent } from "react";
import { consoleText } from "../../shared/messages/console/text";

interface Props {
  hint: string;
  accept: string;
  onFiles: (files: readonly File[]) => void;
}

/** A place to drop files on; the button does the same by keyboard. */
export function DropZone({ hint, accept, onFiles }: Props) {
  const texts = consoleText.knowledge.upload;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const id = useId();
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      className={over ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <p>{texts.dropHere}</p>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        multiple
        accept={accept}
        aria-label={texts.choose}
        aria-describedby={id}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <button type="button" className="button" tabIndex={-1} aria-hidden="true" onClick={() => input.current?.click()}>
        {texts.choose}
      </button>
      <p className="quiet-text" id={id}>
        {hint}
      </p>
    </div>
  );
}

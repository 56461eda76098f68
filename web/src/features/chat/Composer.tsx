import {
  useEffect,
  useRef,
  type ClipboardEvent,
  type DragEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { text } from "../../shared/messages/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { isTooLong, lengthOf, LONGEST_MESSAGE } from "../../shared/lengths";
import { Icon } from "../../shared/ui/Icon";
import { IconButton } from "../../shared/ui/IconButton";
import { hasTouchKeyboard } from "../../shared/ui/media";
import { AddedChips } from "./AttachmentChips";
import { useAutoHeight } from "./useAutoHeight";
import { KINDS, type AttachmentsState } from "./useAttachments";

export const COMPOSER_ID = "composer";

interface Props {
  conversation: string;
  assistant: string;
  /** The name of the person who answers now; null: the assistant does. */
  person: string | null;
  disclosure: string;
  draft: string;
  onDraft: (draft: string) => void;
  /** null: this assistant reads no files. */
  attachments: AttachmentsState | null;
  /** A turn is running or about to: nothing can be sent, and a running one can be stopped. */
  busy: boolean;
  stop: { run: () => void; pending: boolean } | null;
  onSend: (content: string) => void;
  onEditLast: () => void;
  /** Stands behind the disclosure. */
  more: ReactNode;
}

export function Composer(props: Props) {
  const { conversation, assistant, person, disclosure, draft, onDraft, attachments, busy, stop } = props;
  const box = useAutoHeight(draft);
  useEffect(() => {
    if (!hasTouchKeyboard()) box.current?.focus();
  }, [box, conversation]);
  const tooLong = isTooLong(draft);
  const ready = draft.trim() !== "" && !tooLong && !busy && !attachments?.reading;

  function send(): void {
    if (ready) props.onSend(draft.trim());
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    send();
    box.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes a character, Enter only confirms it.
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && draft === "" && !busy) {
      event.preventDefault();
      props.onEditLast();
    }
  }

  function take(event: DragEvent | ClipboardEvent, data: DataTransfer | null): void {
    if (!attachments || !data || data.files.length === 0) return;
    event.preventDefault();
    void attachments.add([...data.files]);
  }

  return (
    <form
      className="composer"
      onSubmit={submit}
      onDragOver={(event) => attachments && event.dataTransfer.types.includes("Files") && event.preventDefault()}
      onDrop={(event) => take(event, event.dataTransfer)}
    >
      {tooLong && <ErrorPanel message={text.composer.tooLong(lengthOf(draft), LONGEST_MESSAGE)} />}
      {attachments?.problem && <ErrorPanel message={attachments.problem} onDismiss={attachments.forgetProblem} />}
      {attachments && <AddedChips attachments={attachments} />}
      <div className="composer-box">
        {attachments && <AttachButton attachments={attachments} />}
        <label htmlFor={COMPOSER_ID} className="visually-hidden">
          {text.composer.label}
        </label>
        <textarea
          id={COMPOSER_ID}
          ref={box}
          rows={1}
          dir="auto"
          value={draft}
          placeholder={person === null ? text.composer.placeholder(assistant) : text.person.placeholder(person)}
          enterKeyHint="send"
          autoComplete="off"
          aria-describedby="disclosure"
          onChange={(event) => onDraft(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => take(event, event.clipboardData)}
        />
        {stop ? (
          <button
            type="button"
            className="send stop"
            aria-label={stop.pending ? text.composer.stopping : text.composer.stop}
            title={text.composer.stop}
            aria-disabled={stop.pending}
            onClick={() => {
              if (!stop.pending) stop.run();
              box.current?.focus();
            }}
          >
            <Icon name="stop" />
          </button>
        ) : (
          <button
            type="submit"
            className="send"
            aria-label={text.composer.send}
            title={text.composer.send}
            disabled={!ready}
          >
            <Icon name="send" />
          </button>
        )}
      </div>
      <p className="disclosure">
        <span id="disclosure" dir="auto">
          {disclosure || text.chat.automated}
        </span>{" "}
        {props.more}
      </p>
    </form>
  );
}

function AttachButton({ attachments }: { attachments: AttachmentsState }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon="clip" className="attach" label={text.attachments.add} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={KINDS}
        aria-label={text.attachments.add}
        tabIndex={-1}
        onChange={(event) => {
          void attachments.add([...(event.target.files ?? [])]);
          event.target.value = ""; // the same file again is a choice, too
        }}
      />
    </>
  );
}

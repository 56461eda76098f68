import { useEffect, type FormEvent, type KeyboardEvent } from "react";
import { text } from "../../shared/messages/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { isTooLong, lengthOf, LONGEST_MESSAGE } from "../../shared/lengths";
import { Icon } from "../../shared/ui/Icon";
import { hasTouchKeyboard } from "../../shared/ui/media";
import { useAutoHeight } from "./useAutoHeight";

export const COMPOSER_ID = "composer";

interface Props {
  conversation: string;
  assistant: string;
  disclosure: string;
  draft: string;
  onDraft: (draft: string) => void;
  /** A turn is running or about to: nothing can be sent, and a running one can be stopped. */
  busy: boolean;
  stop: { run: () => void; pending: boolean } | null;
  onSend: (content: string) => void;
  onEditLast: () => void;
}

export function Composer({
  conversation,
  assistant,
  disclosure,
  draft,
  onDraft,
  busy,
  stop,
  onSend,
  onEditLast,
}: Props) {
  const box = useAutoHeight(draft);
  useEffect(() => {
    if (!hasTouchKeyboard()) box.current?.focus();
  }, [box, conversation]);

  const tooLong = isTooLong(draft);

  function send(): void {
    if (!busy && draft.trim() && !tooLong) onSend(draft.trim());
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
      onEditLast();
    }
  }

  return (
    <form className="composer" onSubmit={submit}>
      {tooLong && <ErrorPanel message={text.composer.tooLong(lengthOf(draft), LONGEST_MESSAGE)} />}
      <div className="composer-box">
        <label htmlFor={COMPOSER_ID} className="visually-hidden">
          {text.composer.label}
        </label>
        <textarea
          id={COMPOSER_ID}
          ref={box}
          rows={1}
          value={draft}
          placeholder={text.composer.placeholder(assistant)}
          enterKeyHint="send"
          autoComplete="off"
          aria-describedby="disclosure"
          onChange={(event) => onDraft(event.target.value)}
          onKeyDown={onKeyDown}
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
            disabled={busy || !draft.trim() || tooLong}
          >
            <Icon name="send" />
          </button>
        )}
      </div>
      <p id="disclosure" className="disclosure">
        {disclosure || text.chat.automated}
      </p>
    </form>
  );
}

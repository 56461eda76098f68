import { useEffect, useId, useRef, type FormEvent, type KeyboardEvent } from "react";
import type { Thumb } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { hasTouchKeyboard } from "../../shared/ui/media";
import type { FeedbackState } from "./useFeedback";

interface Props {
  thumb: Thumb;
  state: FeedbackState;
  answer: string;
  /** The form is gone; focus goes back to the thumb that opened it. */
  onLeave: () => void;
}

export function FeedbackForm({ thumb, state, answer, onLeave }: Props) {
  const id = useId();
  const first = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!hasTouchKeyboard()) first.current?.focus();
  }, [thumb]);
  const { draft, setDraft } = state;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await state.send(thumb)) onLeave();
  }

  async function remove(): Promise<void> {
    if (await state.remove()) onLeave();
  }

  function leave(): void {
    state.close();
    onLeave();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  }

  return (
    <form
      className="feedback-form"
      aria-labelledby={`${id}title`}
      onSubmit={(event) => void submit(event)}
      onKeyDown={onKeyDown}
    >
      <h2 id={`${id}title`}>{text.feedback.title[thumb]}</h2>
      <label htmlFor={`${id}comment`}>{text.feedback.comment}</label>
      <textarea
        id={`${id}comment`}
        ref={first}
        rows={2}
        value={draft.comment}
        onChange={(event) => setDraft({ ...draft, comment: event.target.value })}
      />
      {thumb === "down" && (
        <>
          <div className="label-row">
            <label htmlFor={`${id}correction`}>{text.feedback.correction}</label>
            {draft.correction === "" && answer !== "" && (
              <button type="button" className="link-button" onClick={() => setDraft({ ...draft, correction: answer })}>
                {text.feedback.start}
              </button>
            )}
          </div>
          <textarea
            id={`${id}correction`}
            rows={4}
            value={draft.correction}
            onChange={(event) => setDraft({ ...draft, correction: event.target.value })}
          />
        </>
      )}
      {state.error && <ErrorPanel message={state.error} />}
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={state.busy}>
          {text.feedback.send}
        </button>
        <button type="button" className="button" onClick={leave}>
          {text.feedback.close}
        </button>
        <button type="button" className="button quiet push" disabled={state.busy} onClick={() => void remove()}>
          {text.feedback.remove}
        </button>
      </div>
    </form>
  );
}

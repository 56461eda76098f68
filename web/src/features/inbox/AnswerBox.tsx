import { useState, type KeyboardEvent } from "react";
import { ApiError, messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { forget, isString, recall, remember } from "../../shared/storage";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Suggested } from "./Suggested";
import { newKey, type Desk } from "./useInbox";

interface Props {
  bot: string;
  id: string;
  desk: Desk;
}

/** What a person writes to the visitor. Kept in this tab until it is sent. */
export function AnswerBox({ bot, id, desk }: Props) {
  const place = `inbox.${id}`;
  const [content, setContent] = useState(() => recall("session", place, "", isString));
  const [key, setKey] = useState(newKey);
  const [error, setError] = useState<string | null>(null);
  const words = consoleText.inbox;

  function write(next: string): void {
    setContent(next);
    remember("session", place, next);
  }

  async function send(): Promise<void> {
    if (!content.trim() || desk.answer.isPending) return;
    setError(null);
    try {
      const { trouble } = await desk.answer.mutateAsync({ content, key });
      if (trouble) toast(words.notSent(trouble), { bad: true });
      setKey(newKey());
      setContent("");
      forget("session", place);
    } catch (problem) {
      setError(problem instanceof ApiError && problem.code === "not_taken" ? words.lost : messageOf(problem));
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  }

  return (
    <div className="inbox-answer">
      <Suggested bot={bot} id={id} onUse={(text) => write(content.trim() ? `${content.trimEnd()}\n\n${text}` : text)} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Field label={words.answer} hint={words.answerHint}>
          {(ids) => (
            <textarea
              className="input"
              rows={3}
              value={content}
              onChange={(event) => write(event.target.value)}
              onKeyDown={onKeyDown}
              {...ids}
            />
          )}
        </Field>
        {error && <ErrorPanel message={error} />}
        <div className="form-actions end">
          <button type="submit" className="button primary" disabled={!content.trim() || desk.answer.isPending}>
            {words.send}
          </button>
        </div>
      </form>
    </div>
  );
}

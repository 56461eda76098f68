import { useState } from "react";
import { ApiError, messageOf } from "../../shared/api";
import { Confirm } from "../../shared/console/Confirm";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Conflicted } from "./Conflicted";
import { draftOf, linesOf, type Draft } from "./draft";
import { Fields } from "./Fields";
import type { Answer } from "./types";
import { useChanges } from "./useCurated";

interface Props {
  bot: string;
  /** Null: a new one. */
  answer: Answer | null;
  initial: Draft;
  mayCurate: boolean;
  onDone: () => void;
}

/** Writing an answer. When a colleague was faster, what was typed stays and both versions are shown. */
export function EditForm({ bot, answer: opened, initial, mayCurate, onDone }: Props) {
  const text = consoleText.curated;
  const changes = useChanges(bot);
  // As it was when the form was opened: what is written is compared with that.
  const [answer] = useState(opened);
  const [draft, setDraft] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<Answer | null>(null);
  const [forgetting, setForgetting] = useState(false);
  const ready = draft.text.trim() !== "" && linesOf(draft.questions).length > 0;

  async function run(work: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await work();
      onDone();
    } catch (problem) {
      if (answer && problem instanceof ApiError && problem.code === "stale_revision")
        setTheirs(await changes.read(answer.id).catch(() => null));
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  const save = (): void => void run(() => (answer ? changes.change(answer, draft) : changes.add(draft)));

  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy && mayCurate) save();
      }}
    >
      {!mayCurate && <p className="quiet-text">{text.readOnly}</p>}
      <Fields draft={draft} onChange={setDraft} disabled={!mayCurate} />
      {answer?.origin && <p className="quiet-text">{text.origin}</p>}
      {theirs && answer ? (
        <Conflicted
          theirs={theirs}
          onMine={() => void run(() => changes.change(theirs, draft))}
          onTheirs={() => {
            setDraft(draftOf(theirs));
            setTheirs(null);
            setError(null);
            onDone();
          }}
        />
      ) : (
        error && <ErrorPanel message={error} onDismiss={() => setError(null)} />
      )}
      {mayCurate && (
        <div className="form-actions">
          {answer && (
            <>
              {answer.state === "active" ? (
                <button
                  type="button"
                  className="button"
                  disabled={busy}
                  onClick={() => void run(() => changes.retire(answer))}
                >
                  {text.remove}
                </button>
              ) : (
                <button
                  type="button"
                  className="button"
                  disabled={busy}
                  onClick={() => void run(() => changes.restore(answer))}
                >
                  {text.restore}
                </button>
              )}
              <button type="button" className="button danger" disabled={busy} onClick={() => setForgetting(true)}>
                {text.forget}
              </button>
            </>
          )}
          <button type="submit" className="button primary curated-save" disabled={busy || !ready}>
            {answer ? text.save : text.create}
          </button>
        </div>
      )}
      {answer && (
        <Confirm
          open={forgetting}
          onOpenChange={setForgetting}
          title={text.forgetTitle}
          text={text.forgetText}
          action={text.forget}
          danger
          typed={text.forgetWord}
          onConfirm={async () => {
            await changes.forget(answer);
            onDone();
          }}
        />
      )}
    </form>
  );
}

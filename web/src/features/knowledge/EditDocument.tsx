import { useState } from "react";
import { ApiError, messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { PlanView } from "./PlanView";
import { knowledge, useEditing, type Plan, type Wanted } from "./useKnowledge";

interface Props {
  bot: string;
  name: string;
  text: string;
  version: string;
  onDone: () => void;
}

/** A text, changed; first what that does, then done. Where somebody else was quicker, the difference to theirs is shown,
 * and nothing of one's own is lost. */
export function EditDocument({ bot, name, text, version, onDone }: Props) {
  const texts = consoleText.knowledge.edit;
  const edit = useEditing(bot);
  const [written, setWritten] = useState(text);
  // The one that the edit began with: the page may load a newer one while somebody writes.
  const [known, setKnown] = useState(version);
  const [planned, setPlanned] = useState<{ wanted: Wanted; plan: Plan } | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function look(against: string): Promise<void> {
    const stop = new AbortController();
    const sent = await knowledge.upload(bot, name, new Blob([written]), () => undefined, stop.signal);
    const wanted: Wanted = { put: [{ upload: sent.id, version: against }], remove: [], final: false };
    const plan = await knowledge.plan(bot, wanted);
    if (plan.stale.length > 0) {
      // Seen with the difference, the next click is meant.
      setKnown(sent.version);
      wanted.put = [{ upload: sent.id, version: sent.version }];
    }
    setPlanned({ wanted, plan });
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (problem) {
      setError(messageOf(problem));
      if (problem instanceof ApiError && problem.code === "stale_document") await look(known).catch(() => undefined);
    } finally {
      setBusy(false);
    }
  }

  const save = (wanted: Wanted) =>
    attempt(async () => {
      await edit(wanted);
      onDone();
    });

  return (
    <div className="stack">
      <Field label={texts.label(name)}>
        {(ids) => (
          <textarea
            className="input document-text"
            dir="auto"
            value={written}
            spellCheck
            onChange={(event) => {
              setWritten(event.target.value);
              setPlanned(null);
            }}
            {...ids}
          />
        )}
      </Field>
      {error && <ErrorPanel message={error} />}
      {planned && <PlanView plan={planned.plan} />}
      <div className="form-actions end">
        <button type="button" className="button" onClick={onDone}>
          {consoleText.shell.cancel}
        </button>
        {planned ? (
          <button type="button" className="button primary" disabled={busy} onClick={() => void save(planned.wanted)}>
            {planned.plan.stale.length > 0 ? texts.replaceTheirs : consoleText.shell.save}
          </button>
        ) : (
          <button
            type="button"
            className="button primary"
            disabled={busy || written === text}
            onClick={() => void attempt(() => look(known))}
          >
            {busy ? consoleText.knowledge.upload.looking : texts.look}
          </button>
        )}
      </div>
    </div>
  );
}

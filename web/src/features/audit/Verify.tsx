import { useState, type SyntheticEvent } from "react";
import { call, client, messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { CopyButton } from "../../shared/ui/CopyButton";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";

/** Looks at every row of the log, and says where the chain does not hold. */
export function Verify() {
  const text = consoleText.audit;
  const [head, setHead] = useState("");
  const [found, setFound] = useState<components["schemas"]["Verified"] | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");

  async function submit(event: SyntheticEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      setFound(await call(client.POST("/api/console/audit/verify", { body: { head: head.trim() } })));
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <Field label={text.head}>
        {(ids) => (
          <input
            className="input code"
            maxLength={100}
            value={head}
            onChange={(event) => setHead(event.target.value)}
            {...ids}
          />
        )}
      </Field>
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={busy}>
          {text.verify}
        </button>
      </div>
      {error && <ErrorPanel message={error} />}
      <div role="status" className="stack">
        {found && (
          <>
            <p className={found.whole ? "note good" : "note bad"}>
              {found.whole ? text.whole(found.rows) : text.broken(found.faults.length)}
            </p>
            {found.faults.length > 0 && (
              <ul>
                {found.faults.map((fault) => (
                  <li key={fault}>{fault}</li>
                ))}
              </ul>
            )}
            <p className="quiet-text">{text.headIs}</p>
            <p className="secret">
              <code>{found.head}</code>
              <CopyButton value={found.head} label={text.copyHead} />
            </p>
          </>
        )}
      </div>
    </form>
  );
}

import { useState, type SyntheticEvent } from "react";
import { call, client, messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { duration } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";

/** Sends a message on the channel's own path, and shows what comes back. */
export function TestMessage({ bot, kind, name }: { bot: string; kind: string; name: string }) {
  const text = consoleText.channels;
  const [said, setSaid] = useState("");
  const [answer, setAnswer] = useState<components["schemas"]["Tested"] | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");

  async function submit(event: SyntheticEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError("");
    setAnswer(null);
    try {
      const params = { path: { kind }, query: { bot } };
      setAnswer(await call(client.POST("/api/console/channels/{kind}/test", { params, body: { text: said } })));
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <details>
      <summary>{text.test}</summary>
      <form className="stack form-narrow" onSubmit={(event) => void submit(event)}>
        <Field label={text.testLabel(name)} hint={text.testHint}>
          {(ids) => (
            <input
              className="input"
              required
              maxLength={2000}
              value={said}
              onChange={(event) => setSaid(event.target.value)}
              {...ids}
            />
          )}
        </Field>
        <div className="form-actions">
          <button type="submit" className="button primary" disabled={busy}>
            {text.send}
          </button>
        </div>
        {error && <ErrorPanel message={error} />}
        <div role="status">
          {answer && (
            <blockquote className="note good">
              <p>{answer.text}</p>
              <p className="quiet-text">{text.route(answer.route ?? "", duration(answer.milliseconds / 1000))}</p>
            </blockquote>
          )}
        </div>
      </form>
    </details>
  );
}

import { useRef, useState } from "react";
import { call, client, messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Mistakes } from "./Mistakes";
import { ReviewChanges } from "./ReviewChanges";
import type { Settings } from "./draft";

interface Props {
  bot: string;
  settings: Settings;
  onSaved: () => Promise<void>;
}

export function AsText({ bot, settings, onSaved }: Props) {
  const text = consoleText.settings;
  const box = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState(settings.text);
  const [mistakes, setMistakes] = useState<Settings["mistakes"] | null>(
    settings.mistakes.length ? settings.mistakes : null,
  );
  const [looking, setLooking] = useState(false);
  const [error, setError] = useState("");
  const body = { revision: settings.revision, changes: null, text: typed };

  async function check(): Promise<void> {
    setError("");
    try {
      const params = { query: { bot } };
      setMistakes((await call(client.POST("/api/console/settings/check", { params, body }))).mistakes);
    } catch (problem) {
      setError(messageOf(problem));
    }
  }

  function goTo(line: number): void {
    const lines = typed.split("\n");
    const begin = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    box.current?.focus();
    box.current?.setSelectionRange(begin, begin + (lines[line - 1]?.length ?? 0));
  }

  return (
    <div className="stack">
      <Field label={text.textLabel} hint={text.textHint}>
        {(ids) => (
          <textarea
            ref={box}
            className="input settings-text"
            spellCheck={false}
            wrap="off"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setMistakes(null);
            }}
            {...ids}
          />
        )}
      </Field>
      {mistakes && mistakes.length > 0 && <Mistakes mistakes={mistakes} onLine={goTo} />}
      {mistakes?.length === 0 && (
        <p className="note good" role="status">
          {text.checked}
        </p>
      )}
      {error && <ErrorPanel message={error} />}
      <div className="form-actions">
        <button type="button" className="button" onClick={() => void check()}>
          {text.check}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={typed === settings.text}
          onClick={() => setLooking(true)}
        >
          {text.look}
        </button>
        {typed !== settings.text && (
          <button type="button" className="button quiet" onClick={() => setTyped(settings.text)}>
            {text.discard}
          </button>
        )}
      </div>
      <ReviewChanges bot={bot} open={looking} onOpenChange={setLooking} body={body} onSaved={onSaved} />
    </div>
  );
}

import { useState } from "react";
import { Field } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";
import { EraseDialog } from "./EraseDialog";

/** For whoever has no conversations of their own, but is spoken of. */
export function ByName({ onErase }: { onErase: (who: string[]) => Promise<void> }) {
  const text = consoleText.privacy;
  const [words, setWords] = useState("");
  const [who, setWho] = useState<string[] | null>(null);
  const lines = words.split("\n").map((line) => line.trim());
  const given = lines.filter(Boolean);
  return (
    <details className="section">
      <summary>{text.byName}</summary>
      <div className="stack form-narrow">
        <p className="quiet-text">{text.byNameAbout}</p>
        <Field label={text.identifiers}>
          {(ids) => (
            <textarea
              className="input"
              rows={3}
              autoComplete="off"
              value={words}
              onChange={(event) => setWords(event.target.value)}
              {...ids}
            />
          )}
        </Field>
        <div className="form-actions">
          <button
            type="button"
            className="button danger"
            disabled={given.length === 0 || given.length > 20}
            onClick={() => setWho(given)}
          >
            {text.erase}
          </button>
        </div>
      </div>
      <EraseDialog
        who={who}
        onClose={() => setWho(null)}
        onBegun={async () => {
          await onErase(who ?? []);
          setWords("");
        }}
      />
    </details>
  );
}

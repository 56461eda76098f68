import { useState } from "react";
import { call, client, messageOf } from "../../shared/api";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Sources } from "./Erasure";

interface Props {
  who: string[];
  named: boolean;
  /** Before that there is nothing to prove. */
  ready: boolean;
}

/** Looks for whom the last request was about, in everything. */
export function Proof({ who, named, ready }: Props) {
  const text = consoleText.privacy;
  const [found, setFound] = useState<components["schemas"]["ProofValue"] | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");

  async function look(): Promise<void> {
    setBusy(true);
    setError("");
    try {
      setFound(await call(client.POST("/api/console/privacy/proof", { body: { who, named } })));
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  if (!ready) return null;
  return (
    <div className="stack">
      <div className="row">
        <button type="button" className="button" disabled={busy} onClick={() => void look()}>
          {text.prove}
        </button>
        <span className="quiet-text">{text.proveAbout}</span>
      </div>
      {error && <ErrorPanel message={error} />}
      <div role="status">
        {found?.clean && <p className="note good">{text.clean(found.files_read, found.rows_read)}</p>}
        {found && !found.clean && (
          <p className="note bad">
            {text.notClean} {[...found.files, ...found.tables].join(", ")}
          </p>
        )}
      </div>
      {found && Object.keys(found.sources).length > 0 && <Sources sources={Object.entries(found.sources)} />}
    </div>
  );
}

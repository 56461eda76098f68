import { useState } from "react";
import { messageOf } from "../../shared/api";
import { dateTime } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { nameOf, type Names } from "./names";
import type { Item } from "./types";

interface Props {
  item: Item;
  names: Names;
  onUndo: () => Promise<void>;
}

/** What was decided, by whom, what came of it, and the way back. */
export function DecidedView({ item, names, onUndo }: Props) {
  const text = consoleText.reviews;
  const [error, setError] = useState<string | null>(null);
  const when = item.decided_at ? dateTime(item.decided_at) : "";
  return (
    <section className="card stack" aria-label={text.states[item.state]}>
      <p>{text.decidedBy(text.states[item.state], nameOf(item.by, names), when)}</p>
      {item.reason && <blockquote dir="auto">{item.reason}</blockquote>}
      {item.trained && <p>{text.trained}</p>}
      {item.cases.length > 0 && (
        <div>
          {text.plan.cases(item.cases.length)}
          <ul>
            {item.cases.map((each) => (
              <li key={each.id} dir="auto">
                “{each.question}”
              </li>
            ))}
          </ul>
        </div>
      )}
      {error && <ErrorPanel message={error} onDismiss={() => setError(null)} />}
      <div className="form-actions">
        <button
          type="button"
          className="button"
          onClick={() => void onUndo().catch((problem: unknown) => setError(messageOf(problem)))}
        >
          {text.undoThis}
        </button>
      </div>
    </section>
  );
}

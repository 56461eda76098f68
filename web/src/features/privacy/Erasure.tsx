import { ago, number } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";

const SHOWN = 10;

/** What was done of an erasure, and what it leaves to the owner. */
export function Erasure({ erasure }: { erasure: components["schemas"]["ErasureValue"] }) {
  const text = consoleText.privacy;
  const steps: Record<string, string> = text.step;
  const removed = Object.entries(erasure.removed).filter(([, count]) => count > 0);
  const held = Object.entries(erasure.left);
  const sources = Object.entries(erasure.sources);
  return (
    <article className="card stack">
      <p className="row">
        <strong className="code">{erasure.id}</strong>
        <span className="quiet-text">{text.begun(ago(erasure.at))}</span>
      </p>
      {erasure.open && erasure.steps.length > 0 && (
        <ol>
          {erasure.steps.map((step) => (
            <li key={step}>{steps[step] ?? step}</li>
          ))}
        </ol>
      )}
      <dl className="facts">
        <dt>{text.removed}</dt>
        <dd>
          {removed.length > 0
            ? removed.map(([name, count]) => `${number(count)} ${name}`).join(", ")
            : text.removedNothing}
        </dd>
        {erasure.releases.length > 0 && (
          <>
            <dt>{text.releases}</dt>
            <dd className="code">{erasure.releases.join(", ")}</dd>
          </>
        )}
        {held.map(([place, names]) => (
          <Held key={place} place={place} names={names} />
        ))}
      </dl>
      {!erasure.open && erasure.candidate && <p>{text.replaced(erasure.candidate)}</p>}
      {sources.length > 0 && <Sources sources={sources} />}
    </article>
  );
}

function Held({ place, names }: { place: string; names: readonly string[] }) {
  return (
    <>
      <dt>
        {consoleText.privacy.stillHeld}: {place}
      </dt>
      <dd>{names.join(", ")}</dd>
    </>
  );
}

export function Sources({ sources }: { sources: readonly (readonly [string, readonly number[]])[] }) {
  const text = consoleText.privacy;
  return (
    <div className="note">
      <p>{text.sources}</p>
      <ul>
        {sources.map(([file, rows]) => (
          <li key={file}>
            <span className="code">{file}</span>: {text.rowsOf(rows.slice(0, SHOWN).join(", "))}
            {rows.length > SHOWN && "…"}
          </li>
        ))}
      </ul>
    </div>
  );
}

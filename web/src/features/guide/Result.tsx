import { percent } from "../../shared/console/format";
import type { Work } from "../../shared/console/work";
import { consoleText } from "../../shared/messages/console/text";

const GOOD = 0.7;

/** The result of an evaluation, told plainly. */
export function Result({ work }: { work: Work }) {
  const words = consoleText.guide;
  const share = (name: string): number | null => {
    const value = work.result?.[name];
    return typeof value === "number" ? value : null;
  };
  const right = share("cases_in_scope_pass");
  const declined = share("cases_out_of_scope_refused");
  return (
    <div>
      <h3 className="guide-result">{words.result}</h3>
      {right === null ? (
        <p>{words.noCases}</p>
      ) : (
        <p>
          {words.right(percent(right))} {right >= GOOD ? words.fine : words.weak}
        </p>
      )}
      {declined !== null && <p>{words.declined(percent(declined))}</p>}
    </div>
  );
}

import type { ReactNode } from "react";
import { number, percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";

interface Row {
  key: string;
  label: ReactNode;
  value: number;
  note?: string;
  examples?: readonly string[];
}

/** Counts as bars, each with its share; where there are examples, they are opened. */
export function Bars({ rows, of }: { rows: readonly Row[]; of: number }) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  return (
    <ul className="bars">
      {rows.map((row) => (
        <li key={row.key}>
          <div className="bar-head">
            <span dir="auto" className="break">
              {row.label}
            </span>
            <span className="numeric">
              {number(row.value)} {of > 0 && <span className="quiet-text">{percent(row.value / of, 1)}</span>}
            </span>
          </div>
          <meter min={0} max={most} value={row.value} aria-hidden="true" />
          {row.note && <p className="quiet-text">{row.note}</p>}
          {row.examples && row.examples.length > 0 && (
            <details>
              <summary>{consoleText.data.report.examples}</summary>
              <ul className="examples">
                {row.examples.map((each, index) => (
                  <li key={index} dir="auto">
                    {each}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

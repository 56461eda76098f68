import { useState } from "react";
import { DataTable } from "../../shared/console/DataTable";
import { Tabs } from "../../shared/console/Tabs";
import { number } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { ContentDiff } from "./ContentDiff";
import type { Report } from "./types";

interface Props {
  report: Report;
  busy: boolean;
  onCancel: () => void;
  onImport: () => void;
}

const KINDS = ["added", "changed", "retired", "double", "wrong"] as const;
const SHOWN = 200;

/** What an import would do: figures first, then what is new, changed, removed, double and wrong. */
export function Preview({ report, busy, onCancel, onImport }: Props) {
  const text = consoleText.curated;
  const refused = {
    double: report.refused.filter((row) => row.double),
    wrong: report.refused.filter((row) => !row.double),
  };
  const counts = {
    added: report.added.length,
    changed: report.changed.length,
    retired: report.retired.length,
    unchanged: report.unchanged,
    double: refused.double.length,
    wrong: refused.wrong.length,
  };
  const due = counts.added + counts.changed + counts.retired;
  const filled = KINDS.filter((kind) => counts[kind] > 0);
  const [chosen, setChosen] = useState<(typeof KINDS)[number] | null>(null);
  const kind = chosen && filled.includes(chosen) ? chosen : filled[0];
  return (
    <section className="stack" aria-label={text.preview}>
      <h3>
        {text.preview} <span className="quiet-text">{text.rows(report.rows)}</span>
      </h3>
      <dl className="cards curated-counts">
        {([...KINDS.slice(0, 3), "unchanged", ...KINDS.slice(3)] as const).map((each) => (
          <div key={each} className="card">
            <dt className="figure-label">{text.counts[each]}</dt>
            <dd className="figure-value">{number(counts[each])}</dd>
          </div>
        ))}
      </dl>
      {kind && (
        <Tabs
          label={text.preview}
          value={kind}
          onChange={setChosen}
          tabs={filled.map((each) => ({
            key: each,
            label: `${text.counts[each]} (${number(counts[each])})`,
            content:
              each === "double" || each === "wrong" ? (
                <>
                  <DataTable
                    caption={text.counts[each]}
                    rows={refused[each].slice(0, SHOWN)}
                    rowKey={(row) => `${row.number} ${row.question}`}
                    columns={[
                      { key: "row", header: text.row, numeric: true, cell: (row) => number(row.number) },
                      {
                        key: "question",
                        header: text.question,
                        wide: true,
                        cell: (row) => <span dir="auto">{row.question}</span>,
                      },
                      { key: "why", header: text.reason, wide: true, cell: (row) => row.reason },
                    ]}
                  />
                  {refused[each].length > SHOWN && <p className="quiet-text">{text.first(number(SHOWN))}</p>}
                </>
              ) : (
                <Due report={report} what={each} all={counts[each]} />
              ),
          }))}
        />
      )}
      {due === 0 && <p>{text.nothing}</p>}
      {report.refused.length > 0 && <p className="quiet-text">{text.skipped(report.refused.length)}</p>}
      <div className="form-actions end curated-import">
        <button type="button" className="button" onClick={onCancel}>
          {consoleText.shell.cancel}
        </button>
        <button type="button" className="button primary" disabled={busy || due === 0} onClick={onImport}>
          {text.doIt(due)}
        </button>
      </div>
    </section>
  );
}

function Due({ report, what, all }: { report: Report; what: "added" | "changed" | "retired"; all: number }) {
  const own = report.due.filter((each) => each.what === what);
  return (
    <>
      <ul className="curated-due">
        {own.map((each, index) => (
          <li key={index}>
            <ContentDiff before={each.before} after={each.after} />
          </li>
        ))}
      </ul>
      {own.length < all && <p className="quiet-text">{consoleText.curated.first(number(own.length))}</p>}
    </>
  );
}

import { useState } from "react";
import { Badge } from "../../shared/console/Badge";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { Switch } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";
import { isJson, part, type Json } from "./figures";

const FIRST = 25;
const word = (row: Json, name: string): string => (typeof row[name] === "string" ? row[name] : "");

/** What it answered to the test questions; those that fail first. */
export function Answers({ report }: { report: unknown }) {
  const words = consoleText.releases;
  const [failed, setFailed] = useState(true);
  const [shown, setShown] = useState(FIRST);
  const found = part(report, "cases", "results") ?? part(report, "results");
  const all = Array.isArray(found) ? found.filter(isJson) : [];
  if (all.length === 0) return <EmptyState title={words.noAnswers} text={words.noAnswersText} />;
  const rows = failed ? all.filter((row) => row["passed"] !== true) : all;
  return (
    <div className="stack">
      <Switch label={words.onlyFailed} checked={failed} onChange={setFailed} />
      <DataTable
        caption={words.tabs.answers}
        rows={rows.slice(0, shown)}
        rowKey={(row) => word(row, "id") || word(row, "question")}
        onMore={shown < rows.length ? () => setShown(shown + FIRST) : undefined}
        empty={<p className="quiet-text">{consoleText.shell.none}</p>}
        columns={[
          {
            key: "verdict",
            header: words.answerColumns.verdict,
            cell: (row) =>
              row["passed"] === true ? (
                <Badge tone="good">{words.passed}</Badge>
              ) : (
                <Badge tone="bad">{words.failed}</Badge>
              ),
          },
          { key: "question", header: words.answerColumns.question, wide: true, cell: (row) => word(row, "question") },
          { key: "answer", header: words.answerColumns.answer, wide: true, cell: (row) => word(row, "answer") },
          { key: "route", header: words.answerColumns.route, cell: (row) => word(row, "route") },
        ]}
      />
    </div>
  );
}

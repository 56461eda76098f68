import { useState } from "react";
import { Badge, type Tone } from "../../shared/console/Badge";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { dateTime, duration, number } from "../../shared/console/format";
import { Link } from "../../shared/console/Link";
import { navigate, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import type { RunRow } from "./curves";

export const TONES: Record<RunRow["state"], Tone> = {
  done: "good",
  running: "info",
  stopped: "warn",
  diverged: "bad",
};

const MOST = 6;

export const figure = (value: number | null | undefined): string => (value == null ? "–" : number(value, 3));

/** All trainings; two or more of them can be put side by side. */
export function RunTable({ bot, runs }: { bot: string; runs: readonly RunRow[] }) {
  const words = consoleText.training;
  const search = useSearch().get("bot");
  const behind = search ? `?bot=${encodeURIComponent(bot)}` : "";
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const some = [...chosen].filter((id) => runs.some((run) => run.id === id)).slice(0, MOST);
  return (
    <>
      {some.length > 0 && (
        <div className="filters">
          <span className="quiet-text">{words.compareHint(some.length)}</span>
          <button
            type="button"
            className="button primary"
            disabled={some.length < 2}
            onClick={() => navigate(`/console/training/compare/${some.join(",")}${behind}`)}
          >
            {words.compare}
          </button>
        </div>
      )}
      <DataTable
        caption={words.runs}
        rows={runs}
        rowKey={(run) => run.id}
        selection={{ chosen, onChange: setChosen }}
        empty={<EmptyState title={words.noRuns} text={words.noRunsText} />}
        columns={[
          {
            key: "run",
            header: words.columns.run,
            cell: (run) => <Link to={`/console/training/${run.id}${behind}`}>{run.id}</Link>,
          },
          {
            key: "state",
            header: words.columns.state,
            cell: (run) => <Badge tone={TONES[run.state]}>{words.states[run.state]}</Badge>,
          },
          { key: "began", header: words.columns.began, cell: (run) => dateTime(run.began) },
          { key: "method", header: words.columns.method, cell: (run) => run.method },
          { key: "size", header: words.columns.size, numeric: true, cell: (run) => number(run.parameters) },
          {
            key: "steps",
            header: words.columns.steps,
            numeric: true,
            cell: (run) => `${number(run.steps)} / ${number(run.planned_steps)}`,
          },
          {
            key: "time",
            header: words.columns.time,
            numeric: true,
            cell: (run) => (run.seconds == null ? "–" : duration(run.seconds)),
          },
          {
            key: "development",
            header: words.columns.development,
            numeric: true,
            cell: (run) => figure(run.development),
          },
          { key: "expected", header: words.columns.expected, numeric: true, cell: (run) => figure(run.forecast) },
          {
            key: "release",
            header: words.columns.release,
            cell: (run) =>
              run.release ? <Link to={`/console/releases/${run.release}${behind}`}>{run.release}</Link> : "–",
          },
        ]}
      />
    </>
  );
}

import { Badge } from "../../shared/console/Badge";
import { DataTable, type Column } from "../../shared/console/DataTable";
import { number, percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { Results } from "./types";

interface Props {
  found: Results;
  without: readonly string[];
  onWithout: (without: readonly string[]) => void;
}

type Figure = Results["raters"][number];

/** Controls, repetitions, agreement and drift of each rater; and who counts. */
export function RaterFigures({ found, without, onWithout }: Props) {
  const text = consoleText.panels;
  const share = (value: number | null): string => (value === null ? "–" : percent(value));
  const columns: Column<Figure>[] = [
    {
      key: "name",
      header: text.rater,
      wide: true,
      cell: (row) => (
        <>
          <span dir="auto">{row.name}</span>{" "}
          {row.left_out && <Badge tone="bad">{row.why ? `${text.leftOut}: ${row.why}` : text.leftOut}</Badge>}
          {row.flags.map((flag) => (
            <p key={flag} className="quiet-text">
              {flag}
            </p>
          ))}
        </>
      ),
    },
    { key: "votes", header: text.votes, numeric: true, cell: (row) => number(row.votes) },
    {
      key: "controls",
      header: text.controls,
      numeric: true,
      cell: (row) => text.progressOf(number(row.controls_passed), number(row.controls)),
    },
    {
      key: "repeats",
      header: text.repeats,
      numeric: true,
      cell: (row) => (row.repeats === 0 ? "–" : text.progressOf(number(row.repeats_same), number(row.repeats))),
    },
    { key: "agree", header: text.agreement, numeric: true, cell: (row) => share(row.agreement) },
    {
      key: "drift",
      header: text.drift,
      numeric: true,
      cell: (row) => (row.early === null ? "–" : text.driftTo(share(row.early), share(row.late))),
    },
    {
      key: "seconds",
      header: text.seconds,
      numeric: true,
      cell: (row) => (row.seconds === null ? "–" : number(row.seconds)),
    },
    {
      key: "keep",
      header: text.keep,
      cell: (row) => (
        <input
          type="checkbox"
          aria-label={text.counted(row.name)}
          checked={!row.left_out}
          disabled={row.left_out && !without.includes(row.id)}
          onChange={(event) =>
            onWithout(event.target.checked ? without.filter((each) => each !== row.id) : [...without, row.id])
          }
        />
      ),
    },
  ];
  return <DataTable caption={text.ratersFiguresTable} columns={columns} rows={found.raters} rowKey={(row) => row.id} />;
}

import { Badge, type Tone } from "../../shared/console/Badge";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { bytes, dateTime, number, percent } from "../../shared/console/format";
import { Link } from "../../shared/console/Link";
import { useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import type { ReleaseRow, Releases } from "./api";

export const TONES: Record<ReleaseRow["state"], Tone> = {
  served: "good",
  canary: "info",
  candidate: "plain",
  before: "plain",
  quarantined: "bad",
  broken: "bad",
};

const share = (value: number | null | undefined): string => (value == null ? "–" : percent(value, 1));

export function ReleaseTable({ releases }: { releases: Releases }) {
  const words = consoleText.releases;
  const bot = useSearch().get("bot");
  const behind = bot ? `?bot=${encodeURIComponent(bot)}` : "";
  return (
    <DataTable
      caption={words.title}
      rows={releases.releases}
      rowKey={(row) => row.id}
      current={releases.served ?? null}
      empty={<EmptyState title={words.empty} text={words.emptyText} />}
      columns={[
        {
          key: "release",
          header: words.columns.release,
          cell: (row) =>
            row.state === "broken" ? (
              <>
                {row.id}
                <span className="quiet-text"> {row.problem}</span>
              </>
            ) : (
              <Link to={`/console/releases/${row.id}${behind}`}>{row.id}</Link>
            ),
        },
        {
          key: "state",
          header: words.columns.state,
          cell: (row) => <Badge tone={TONES[row.state]}>{words.states[row.state]}</Badge>,
        },
        { key: "made", header: words.columns.made, cell: (row) => dateTime(row.made) },
        { key: "cases", header: words.columns.cases, numeric: true, cell: (row) => share(row.cases) },
        { key: "declined", header: words.columns.declined, numeric: true, cell: (row) => share(row.declined) },
        {
          key: "bits",
          header: words.columns.bits,
          numeric: true,
          cell: (row) => (row.bits_per_byte == null ? "–" : number(row.bits_per_byte, 3)),
        },
        {
          key: "parameters",
          header: words.columns.parameters,
          numeric: true,
          cell: (row) => words.kinds[row.kind] ?? (row.parameters == null ? "–" : number(row.parameters)),
        },
        { key: "size", header: words.columns.size, numeric: true, cell: (row) => bytes(row.bytes) },
        { key: "parent", header: words.columns.parent, cell: (row) => row.parent?.slice(0, 12) ?? "–" },
      ]}
    />
  );
}

import { DataTable } from "../../shared/console/DataTable";
import { Section } from "../../shared/console/Page";
import { number } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import type { Results } from "./types";

/** Strengths of the contestants, from all comparisons together; and what they would be at equal length. */
export function Ranking({ found }: { found: Results }) {
  const text = consoleText.panels;
  if (!found.ranking) return null;
  const range = (low: number, high: number): string => `${number(low, 2)} – ${number(high, 2)}`;
  return (
    <Section title={text.rankTitle}>
      <div className="stack">
        <p className="page-about">{text.rankAbout}</p>
        {!found.ranking.connected && <ErrorPanel message={text.notConnected} />}
        <DataTable
          caption={text.rankTable}
          rows={found.ranking.strengths}
          rowKey={(row) => row.name}
          columns={[
            {
              key: "rank",
              header: text.rank,
              numeric: true,
              cell: (row) => text.rankRange(number(row.best), number(row.worst)),
            },
            { key: "name", header: text.contestant, wide: true, cell: (row) => row.name },
            {
              key: "value",
              header: text.strength,
              numeric: true,
              cell: (row) => `${number(row.value, 2)} (${range(row.low, row.high)})`,
            },
            {
              key: "drawn",
              header: text.drawn,
              numeric: true,
              cell: (row) => {
                const drawn = found.ranking_bootstrap[row.name];
                return drawn ? range(drawn.low, drawn.high) : "–";
              },
            },
            {
              key: "style",
              header: text.equalLength,
              numeric: true,
              cell: (row) => {
                const same = found.style?.strengths.find((each) => each.name === row.name);
                return same ? number(same.value, 2) : "–";
              },
            },
          ]}
        />
      </div>
    </Section>
  );
}

import { Badge } from "../../shared/console/Badge";
import { DataTable } from "../../shared/console/DataTable";
import { day, percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { Overview } from "./series";

export function Drift({ drift }: { drift: Overview["drift"] }) {
  const text = consoleText.overview;
  if (!drift) return <p className="quiet-text">{text.driftNone}</p>;
  if (drift.too_little) return <p className="quiet-text">{text.driftLittle(drift.too_little)}</p>;
  const names: Record<string, string> = text.driftNames;
  return (
    <>
      <p className="quiet-text">{text.driftAbout(day(drift.until))}</p>
      <DataTable
        caption={text.drift}
        rows={drift.figures}
        rowKey={(figure) => figure.name}
        columns={[
          { key: "name", header: text.driftFigure, wide: true, cell: (figure) => names[figure.name] ?? figure.name },
          { key: "score", header: text.driftScore, numeric: true, cell: (figure) => percent(figure.score) },
          {
            key: "alarm",
            header: "",
            cell: (figure) =>
              figure.alarm ? (
                <Badge tone="bad">{text.driftAlarm(day(figure.alarm))}</Badge>
              ) : (
                <Badge tone="good">{text.driftQuiet}</Badge>
              ),
          },
        ]}
      />
    </>
  );
}

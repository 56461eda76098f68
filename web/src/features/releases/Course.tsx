import { DataTable } from "../../shared/console/DataTable";
import { number, percent } from "../../shared/console/format";
import { LineChart } from "../../shared/console/LineChart";
import { consoleText } from "../../shared/messages/console/text";
import type { Canary } from "./api";

/** How the interval of each rule narrowed, and what was counted day by day. */
export function Course({ canary }: { canary: Canary }) {
  const words = consoleText.releases;
  const rules = canary.rules.filter((rule) => canary.course.some((point) => point.rule === rule.rule));
  return (
    <>
      <div className="course">
        {rules.map((rule) => {
          const points = canary.course.filter((point) => point.rule === rule.rule);
          return (
            <LineChart
              key={rule.rule}
              title={words.course(rule.title)}
              time
              height={150}
              x={points.map((point) => Date.parse(point.time) / 1000)}
              lines={[
                { label: words.high, values: points.map((point) => point.high ?? null) },
                { label: words.low, values: points.map((point) => point.low ?? null) },
              ]}
              format={(value) => percent(value, 1)}
            />
          );
        })}
      </div>
      {canary.days.length > 0 && (
        <DataTable
          caption={words.days}
          rows={canary.days}
          rowKey={(row) => `${row.day} ${row.arm}`}
          columns={[
            { key: "day", header: words.dayColumns.day, cell: (row) => row.day },
            { key: "arm", header: words.dayColumns.arm, cell: (row) => words.arms[row.arm] ?? row.arm },
            ...(["people", "replies", "errors", "refusals", "ups", "downs"] as const).map((name) => ({
              key: name,
              header: words.dayColumns[name],
              numeric: true,
              cell: (row: Canary["days"][number]) => number(row[name]),
            })),
          ]}
        />
      )}
    </>
  );
}

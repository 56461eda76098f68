import { useMemo } from "react";
import { LineChart } from "../../shared/console/LineChart";
import { bytes, duration, number, percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { chartsOf, type Chart, type Overview } from "./series";

const FORMAT: Record<Chart["kind"], (value: number) => string> = {
  count: (value) => number(value, 1),
  seconds: (value) => duration(value),
  share: (value) => percent(value),
  bytes: (value) => bytes(value),
  cost: (value) => number(value, 2),
};

export function Charts({ data }: { data: Overview }) {
  const x = useMemo(() => data.steps.map((step) => step.at), [data]);
  const charts = useMemo(() => chartsOf(data), [data]);
  return (
    <div className="charts">
      {charts.map((chart) => (
        <LineChart
          key={chart.key}
          title={consoleText.overview.charts[chart.key]}
          x={x}
          time
          lines={chart.lines}
          format={FORMAT[chart.kind]}
          range={chart.kind === "share" ? SHARE : FROM_ZERO}
          height={170}
        />
      ))}
    </div>
  );
}

const SHARE = [0, 1] as const;
const FROM_ZERO = [0, 1] as const;

import { useEffect, useId, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { chosenLanguage } from "../messages/language";
import { consoleText } from "../messages/console/text";
import { dateTime, number } from "./format";

export interface Line {
  label: string;
  /** As long as `x`; null where there is nothing to show. */
  values: readonly (number | null)[];
}

interface Props {
  title: string;
  /** Seconds since 1970 where `time`, else any rising numbers (steps, say). */
  x: readonly number[];
  xLabel?: string;
  time?: boolean;
  lines: readonly Line[];
  /** Writes a value of the y axis. */
  format?: (value: number) => string;
  /** What the y axis shows at least. */
  range?: readonly [number, number];
  height?: number;
}

const COLOURS = ["--accent", "--brass", "--danger", "--line-4", "--line-5", "--line-6"];
/** More rows than this would be read by nobody: every n-th is. */
const TABLE_ROWS = 50;

/** Lines over time or steps; the same figures as a table for those who do not see it, and for copying. */
export function LineChart(props: Props) {
  const { title, x, lines, xLabel, time = false, format = (value: number) => number(value, 3) } = props;
  const id = useId();
  const holder = useChart(props, format);
  if (x.length === 0) return <p className="chart-empty">{consoleText.shell.chartEmpty}</p>;
  const every = Math.ceil(x.length / TABLE_ROWS);
  const rows = x.map((_, index) => index).filter((index) => index % every === 0 || index === x.length - 1);
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <div ref={holder} className="chart-canvas" aria-hidden="true" />
      <details>
        <summary>{consoleText.shell.chartTable}</summary>
        <div className="table-scroll" tabIndex={0} role="region" aria-label={title}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{xLabel ?? consoleText.shell.time}</th>
                {lines.map((line) => (
                  <th key={line.label} scope="col" className="numeric">
                    {line.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row}>
                  <td>{time ? dateTime(new Date((x[row] ?? 0) * 1000).toISOString()) : number(x[row] ?? 0)}</td>
                  {lines.map((line) => (
                    <td key={line.label} className="numeric">
                      {line.values[row] == null ? "–" : format(line.values[row])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** Draws into the returned element; new figures are put into the chart that is there. */
function useChart({ x, lines, time = false, range, height = 200 }: Props, format: (value: number) => string) {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const write = useRef(format);
  const labels = JSON.stringify(lines.map((line) => line.label));
  const some = x.length > 0;
  useEffect(() => {
    write.current = format;
  });
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => resolved(element, style.getPropertyValue(name));
    const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
    const names = JSON.parse(labels) as string[];
    const made = new uPlot(
      {
        width: element.clientWidth,
        height,
        scales: {
          x: { time },
          ...(range ? { y: { range: (_: uPlot, low: number, high: number) => span(range, low, high) } } : {}),
        },
        axes: [axis, { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => write.current(tick)) }],
        series: [
          {},
          ...names.map((label, index) => ({
            label,
            stroke: colour(COLOURS[index % COLOURS.length] ?? "--accent"),
            width: 1.6,
            points: { show: false },
            value: (_: uPlot, value: number | null) => (value == null ? "–" : write.current(value)),
          })),
        ],
        ...(time ? { tzDate: (stamp: number) => new Date(stamp * 1000), fmtDate: () => fmtDate } : {}),
      },
      [[], ...names.map(() => [])],
      element,
    );
    chart.current = made;
    const sized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    sized.observe(element);
    return () => {
      sized.disconnect();
      made.destroy();
      chart.current = null;
    };
    // The range is an array made anew at each drawing: its numbers count.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [labels, time, height, some, range?.[0], range?.[1]]);
  useEffect(() => {
    chart.current?.setData([[...x], ...lines.map((line) => [...line.values])] as uPlot.AlignedData);
  }, [x, lines, labels, time, height]);
  return holder;
}

const clock = new Intl.DateTimeFormat(chosenLanguage(), { hour: "2-digit", minute: "2-digit" });
const dayOf = new Intl.DateTimeFormat(chosenLanguage(), { day: "numeric", month: "short" });
const fmtDate = (date: Date): string =>
  date.getHours() || date.getMinutes() ? clock.format(date) : dayOf.format(date);

const span = ([low, high]: readonly [number, number], least: number, most: number): [number, number] => [
  Math.min(low, least),
  Math.max(high, most),
];

/** light-dark() is not for a canvas: what the browser makes of it is. */
function resolved(element: HTMLElement, value: string): string {
  const probe = document.createElement("span");
  probe.style.color = value;
  element.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

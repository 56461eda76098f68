// The overview's figures as lines of a chart.
import type { Line } from "../../shared/console/LineChart";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";

export type Overview = components["schemas"]["OverviewValue"];
type Step = Overview["steps"][number];

export const RANGES = ["hour", "day", "month"] as const satisfies readonly Overview["range"][];

export interface Chart {
  key: keyof typeof consoleText.overview.charts;
  lines: readonly Line[];
  kind: "count" | "seconds" | "share" | "bytes" | "cost";
}

const line = (label: string, steps: readonly Step[], value: (step: Step) => number | null): Line => ({
  label,
  values: steps.map(value),
});

const seconds = (milliseconds: number | null): number | null => (milliseconds === null ? null : milliseconds / 1000);

/** A line without any value says nothing: a machine without a graphics card has none. */
const some = (lines: readonly Line[]): Line[] => lines.filter((each) => each.values.some((value) => value !== null));

export function chartsOf({ steps, total }: Overview): Chart[] {
  const words = consoleText.overview.lines;
  const routes = ["curated", "retrieved", "generated", "refused"] as const;
  const found: Chart[] = [
    {
      key: "traffic",
      kind: "count",
      lines: [line(words.kept, steps, (s) => s.figure.turns), line(words.api, steps, (s) => s.figure.api)],
    },
    {
      key: "latency",
      kind: "seconds",
      lines: [
        line(words.first50, steps, (s) => seconds(s.figure.first.p50)),
        line(words.first95, steps, (s) => seconds(s.figure.first.p95)),
        line(words.whole50, steps, (s) => seconds(s.figure.whole.p50)),
        line(words.whole95, steps, (s) => seconds(s.figure.whole.p95)),
      ],
    },
    {
      key: "routes",
      kind: "count",
      lines: routes.map((route) => line(words[route], steps, (s) => s.figure.routes[route] ?? 0)),
    },
    {
      key: "problems",
      kind: "count",
      lines: [
        line(words.refused, steps, (s) => s.figure.refused),
        line(words.failed, steps, (s) => s.figure.failed),
        line(words.stopped, steps, (s) => s.figure.stopped),
      ],
    },
    {
      key: "thumbs",
      kind: "count",
      lines: [line(words.up, steps, (s) => s.figure.up), line(words.down, steps, (s) => s.figure.down)],
    },
    {
      key: "tokens",
      kind: "count",
      lines: [line(words.read, steps, (s) => s.figure.read), line(words.written, steps, (s) => s.figure.written)],
    },
  ];
  if (total.cost !== null)
    found.push({ key: "cost", kind: "cost", lines: [line(words.cost, steps, (s) => s.figure.cost)] });
  found.push(
    {
      key: "machine",
      kind: "share",
      lines: some([
        line(words.cpu, steps, (s) => s.machine.cpu),
        line(words.memory, steps, (s) => s.machine.memory),
        line(words.gpu, steps, (s) => s.machine.gpu),
        line(words.gpuMemory, steps, (s) => s.machine.gpu_memory),
      ]),
    },
    { key: "memory", kind: "bytes", lines: [line(words.resident, steps, (s) => s.machine.resident)] },
    { key: "load", kind: "count", lines: [line(words.running, steps, (s) => s.machine.running)] },
  );
  return found;
}

/** Where an item of the list leads. */
export const PAGE_OF = {
  inbox: "inbox",
  reviews: "reviews",
  gaps: "gaps",
  drift: "overview",
  improve: "training",
  promote: "releases",
  refused: "releases",
  errors: "conversations",
  keys: "keys",
  answers: "curated",
  certificate: "settings",
  disk: "privacy",
  erasures: "privacy",
} as const;

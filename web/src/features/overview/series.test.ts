import { expect, test } from "vitest";
import { chartsOf, type Overview } from "./series";

const times = { p50: 120, p95: 2400 };
const figure: Overview["total"] = {
  turns: 3,
  routes: { generated: 2, refused: 1 },
  channels: { web: 3 },
  refused: 1,
  failed: 0,
  stopped: 0,
  first: times,
  whole: times,
  read: 10,
  written: 20,
  cost: null,
  up: 1,
  down: 0,
  api: 4,
};
const machine = {
  cpu: 0.5,
  cpu_most: 0.6,
  memory: 0.4,
  resident: 1000,
  running: 1,
  gpu: null,
  gpu_memory: null,
  disk: 0.2,
};
const overview = (change: Partial<Overview["total"]> = {}): Overview => ({
  bot: "library",
  range: "hour",
  seconds: 60,
  at: 120,
  complete: true,
  currency: "",
  now: { running: 0, queue: 10, engine: "ready", release: "r", deployment: "d", machine },
  total: { ...figure, ...change },
  steps: [{ at: 60, figure, machine }],
  drift: null,
});

const named = (key: string, found = chartsOf(overview())) => found.find((each) => each.key === key);

test("milliseconds become seconds, and a time that was not measured stays empty", () => {
  expect(named("latency")?.lines.map((each) => each.values[0])).toEqual([0.12, 2.4, 0.12, 2.4]);
});

test("a route that nobody took is a line at zero", () => {
  expect(named("routes")?.lines.map((each) => each.values[0])).toEqual([0, 0, 2, 1]);
});

test("there is a chart of the cost only where prices are known, and none of a graphics card that is not there", () => {
  expect(named("cost")).toBeUndefined();
  expect(named("cost", chartsOf(overview({ cost: 2 })))).toBeDefined();
  expect(named("machine")?.lines).toHaveLength(2);
});

// Figures of a sealed report, which grows with the program: what is not there is not shown.
import { duration, number, percent } from "../../shared/console/format";

export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A part of a report by its names; null where one of them is not there. */
export function part(report: unknown, ...names: string[]): unknown {
  let found: unknown = report;
  for (const name of names) {
    if (!isJson(found)) return null;
    found = found[name];
  }
  return found ?? null;
}

export function numberAt(report: unknown, ...names: string[]): number | null {
  const found = part(report, ...names);
  return typeof found === "number" && Number.isFinite(found) ? found : null;
}

export interface Figure {
  key: "cases" | "declined" | "wrong" | "bits" | "chrf" | "speed" | "calibration" | "coverage";
  value: string;
  /** Ends of an interval. */
  between: readonly [string, string] | null;
  /** Of how many. */
  of: readonly [number, number] | null;
}

const share = (value: number): string => percent(value, 1);
const decimals = (value: number): string => number(value, 3);
const milliseconds = (value: number): string => duration(value / 1000);

const KNOWN: readonly [Figure["key"], readonly string[], string | null, (value: number) => string][] = [
  ["cases", ["cases", "in_scope"], "share", share],
  ["declined", ["cases", "out_of_scope"], "share", share],
  ["wrong", ["cases", "wrong"], "share", share],
  ["coverage", ["routing", "coverage"], null, share],
  ["bits", ["loss"], "bits_per_byte", decimals],
  ["chrf", ["text"], "chrf", (value) => number(value, 1)],
  ["speed", ["text"], "milliseconds_p50", milliseconds],
  ["calibration", ["routing"], "expected_calibration_error", decimals],
];

/** The figures that a report has, in the order in which they matter. */
export function figures(report: unknown): Figure[] {
  return KNOWN.flatMap(([key, place, name, write]) => {
    const holder = part(report, ...place);
    const value = name ? numberAt(holder, name) : numberAt(report, ...place);
    if (value === null) return [];
    const ends = ["share", "bits_per_byte"].includes(name ?? "") ? part(holder, "interval") : null;
    const [low, high] = Array.isArray(ends) ? (ends as unknown[]) : [];
    const between = typeof low === "number" && typeof high === "number" ? ([write(low), write(high)] as const) : null;
    const passed = numberAt(holder, "passed");
    const n = numberAt(holder, "n");
    return [{ key, value: write(value), between, of: passed !== null && n !== null ? ([passed, n] as const) : null }];
  });
}

// Curves of trainings: smoothed, thinned, and put onto one axis of steps.
import type { components } from "../../shared/schema";

export type Run = components["schemas"]["RunValue"];
export type RunRow = components["schemas"]["RunRow"];

/** How much of what came before is kept at each point: enough to see where a noisy loss goes. */
const KEPT = 0.85;

/** An exponential mean that begins without a bias towards its first value. Gaps stay gaps. */
export function smoothed(values: readonly (number | null)[]): (number | null)[] {
  let mean = 0;
  let weight = 0;
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return null;
    mean = KEPT * mean + (1 - KEPT) * value;
    weight = KEPT * weight + (1 - KEPT);
    return mean / weight;
  });
}

export type Points = readonly (readonly [number, number])[];

/** The steps at which a figure was taken, with its values. */
export function points(steps: readonly number[], values: readonly (number | null)[]): Points {
  return steps.flatMap((step, index) => {
    const value = values[index];
    return value === null || value === undefined || !Number.isFinite(value) ? [] : [[step, value] as const];
  });
}

/** Several curves on one axis: between two of its points a curve is a straight line, outside of them nothing. */
export function onto(curves: readonly Points[]): { x: number[]; values: (number | null)[][] } {
  const x = [...new Set(curves.flatMap((curve) => curve.map(([step]) => step)))].sort((a, b) => a - b);
  return { x, values: curves.map((curve) => x.map((step) => between(curve, step))) };
}

function between(curve: Points, step: number): number | null {
  const after = curve.findIndex(([at]) => at >= step);
  const right = curve[after];
  if (!right) return null;
  if (right[0] === step) return right[1];
  const left = curve[after - 1];
  if (!left) return null;
  return left[1] + ((right[1] - left[1]) * (step - left[0])) / (right[0] - left[0]);
}

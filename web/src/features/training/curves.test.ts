import { describe, expect, it } from "vitest";
import { onto, points, smoothed } from "./curves";

describe("smoothed", () => {
  it("begins at the first value and follows the others slowly", () => {
    const found = smoothed([4, 4, 0]);
    expect(found[0]).toBeCloseTo(4);
    expect(found[1]).toBeCloseTo(4);
    expect(found[2]).toBeGreaterThan(2);
    expect(found[2]).toBeLessThan(4);
  });
  it("leaves gaps, and what is no number, out", () => {
    expect(smoothed([1, null, Number.NaN, 1])).toEqual([1, null, null, expect.closeTo(1)]);
  });
});

describe("points", () => {
  it("gives the steps at which there is something", () => {
    expect(points([5, 10, 15], [null, 2, Infinity])).toEqual([[10, 2]]);
  });
});

describe("onto", () => {
  it("puts curves of different steps onto one axis, straight in between and nothing outside", () => {
    const found = onto([
      [
        [0, 4],
        [10, 2],
      ],
      [[5, 9]],
    ]);
    expect(found.x).toEqual([0, 5, 10]);
    expect(found.values).toEqual([
      [4, 3, 2],
      [null, 9, null],
    ]);
  });
  it("knows nothing of no curves", () => {
    expect(onto([])).toEqual({ x: [], values: [] });
  });
});

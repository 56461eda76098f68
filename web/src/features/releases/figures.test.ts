import { describe, expect, it } from "vitest";
import { figures, numberAt, part } from "./figures";

const REPORT = {
  cases: {
    in_scope: { n: 160, passed: 137, share: 0.8562, interval: [0.7935, 0.9023] },
    out_of_scope: { n: 0, passed: 0, share: null },
  },
  loss: { bits_per_byte: 0.0723, interval: [0.06, 0.08] },
  text: { chrf: 69.35, milliseconds_p50: 201.1 },
};

describe("figures", () => {
  it("shows what was measured, with its interval and of how many", () => {
    const found = figures(REPORT);
    expect(found.map((figure) => figure.key)).toEqual(["cases", "bits", "chrf", "speed"]);
    expect(found[0]).toEqual({ key: "cases", value: "85.6%", between: ["79.4%", "90.2%"], of: [137, 160] });
    expect(found[3]?.value).toMatch(/^201/);
    expect(found[3]?.between).toBeNull();
  });
  it("says nothing of a report that is none", () => {
    expect(figures(null)).toEqual([]);
    expect(figures({ cases: "torn", loss: { bits_per_byte: Number.NaN } })).toEqual([]);
  });
});

describe("part", () => {
  it("stops where something is not there", () => {
    expect(part(REPORT, "cases", "in_scope", "n")).toBe(160);
    expect(part(REPORT, "cases", "none", "n")).toBeNull();
    expect(numberAt(REPORT, "text")).toBeNull();
  });
});

import { expect, it } from "vitest";
import { offsetOf, paging } from "./paging";

it("knows its place at the beginning, in the middle, at the end, beyond it, and in nothing", () => {
  expect(paging(0, 50, 10_000)).toEqual({ from: 1, to: 50, previous: null, next: 50 });
  expect(paging(50, 50, 120)).toEqual({ from: 51, to: 100, previous: 0, next: 100 });
  expect(paging(100, 50, 120)).toEqual({ from: 101, to: 120, previous: 50, next: null });
  expect(paging(150, 50, 120)).toEqual({ from: 0, to: 0, previous: 70, next: null });
  expect(paging(0, 50, 0)).toEqual({ from: 0, to: 0, previous: null, next: null });
});

it("reads an offset from an address that anybody may have written", () => {
  expect(["0", "50", "75", "-3", "x", "1e9", "9".repeat(30), null].map((text) => offsetOf(text, 50))).toEqual([
    0, 50, 50, 0, 0, 1_000_000_000, 0, 0,
  ]);
});

import { expect, test } from "vitest";
import { compare } from "./words";

test("words that stayed, went and came, with the spaces between them", () => {
  expect(compare("parking for forty bicycles.", "parking for two cars.")).toEqual([
    ["same", "parking for "],
    ["gone", "forty"],
    ["added", "two"],
    ["same", " "],
    ["gone", "bicycles."],
    ["added", "cars."],
  ]);
});

test("a text that is new or gone is one piece", () => {
  expect(compare("", "a b")).toEqual([["added", "a b"]]);
  expect(compare("a b", "")).toEqual([["gone", "a b"]]);
  expect(compare("a b", "a b")).toEqual([["same", "a b"]]);
});

test("nothing of either text is lost, and long ones are shown whole", () => {
  const before = "the old house by the sea ".repeat(20);
  const after = "the new house at the sea ".repeat(20);
  const words = compare(before, after);
  const side = (other: string) =>
    words
      .filter(([kind]) => kind !== other)
      .map(([, text]) => text)
      .join("");
  expect(side("added")).toBe(before);
  expect(side("gone")).toBe(after);
  expect(compare("x ".repeat(5_000), "y").length).toBe(2);
});

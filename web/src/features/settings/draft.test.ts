import { expect, test } from "vitest";
import { changesOf, linesOf, ofChoice, put, valueOf, type SettingsField } from "./draft";

const field = (change: Partial<SettingsField> = {}): SettingsField => ({
  table: "limits",
  key: "streams",
  kind: "whole",
  choices: [],
  least: 0,
  most: null,
  value: 5,
  default: 64,
  required: false,
  written: true,
  effect: "now",
  ...change,
});

test("what is typed shows, and what is as it was before is no change", () => {
  const draft = put({}, field(), 7);
  expect(valueOf(field(), draft)).toBe(7);
  expect(put(draft, field(), 5)).toEqual({});
});

test("a value goes back to its default, where it stands in the file", () => {
  const draft = put({}, field(), null);
  expect(valueOf(field(), draft)).toBe(64);
  expect(changesOf(draft)).toEqual({ limits: { streams: null } });
  expect(put({}, field({ written: false, value: 64 }), null)).toEqual({});
});

test("lists are compared by what is in them", () => {
  const list = field({ kind: "list", value: ["a", "b"], default: [] });
  expect(put({}, list, ["a", "b"])).toEqual({});
  expect(put({}, list, ["a"])).toEqual({ "limits.streams": ["a"] });
  expect(linesOf(" one \n\n two")).toEqual(["one", "two"]);
});

test("yes and no of a choice are no words", () => {
  expect([ofChoice("true"), ofChoice("false"), ofChoice("auto")]).toEqual([true, false, "auto"]);
});

test("changes of several tables stay apart", () => {
  const draft = put(put({}, field(), 1), field({ table: "bot", key: "title", value: "x" }), "y");
  expect(changesOf(draft)).toEqual({ limits: { streams: 1 }, bot: { title: "y" } });
});

import { describe, expect, it } from "vitest";
import { message } from "./fixtures";
import { choose, pathOf, pathUpTo, type Choices, type Step } from "./tree";

// q1 ── a1 ── q2 ── a2
//  └─── a1b ─ q3 ── a3, a3b
// q1' ─ a1'                     written last but one: a4 under q2
const TREE = [
  message("q1", null),
  message("a1", "q1"),
  message("q2", "a1"),
  message("a2", "q2"),
  message("a1b", "q1"),
  message("q3", "a1b"),
  message("a3", "q3"),
  message("a3b", "q3"),
  message("q1'", null),
  message("a1'", "q1'"),
  message("a4", "q2"),
];

const ids = (path: readonly Step[]): string => path.map((step) => step.message.id).join(" ");
const byId = (id: string) => TREE.find((each) => each.id === id) ?? message(id, null);
const chosen = (...names: string[]): Choices => names.map(byId).reduce(choose, {} as Choices);

describe("pathOf", () => {
  it("leads to the newest message when nothing was chosen", () => {
    expect(ids(pathOf(TREE, {}))).toBe("q1 a1 q2 a4");
  });

  it("follows the choices, and below them the newest", () => {
    expect(ids(pathOf(TREE, chosen("a1b")))).toBe("q1 a1b q3 a3b");
    expect(ids(pathOf(TREE, chosen("a1b", "a3")))).toBe("q1 a1b q3 a3");
    expect(ids(pathOf(TREE, chosen("q1'")))).toBe("q1' a1'");
  });

  it("keeps the choices of a branch that is left and entered again", () => {
    const choices = [byId("q1'"), byId("q1")].reduce(choose, chosen("a1b", "a3"));
    expect(ids(pathOf(TREE, choices))).toBe("q1 a1b q3 a3");
  });

  it("ignores a choice that does not exist", () => {
    expect(ids(pathOf(TREE, { root: "gone", q1: "gone" }))).toBe("q1 a1 q2 a4");
  });

  it("tells all versions of a message in creation order", () => {
    const versions = pathOf(TREE, {}).map((step) => step.siblings.map(({ id }) => id).join("/"));
    expect(versions).toEqual(["q1/q1'", "a1/a1b", "q2", "a2/a4"]);
  });

  it("is empty for no messages, and survives one whose parent is missing", () => {
    expect(pathOf([], {})).toEqual([]);
    expect(ids(pathOf([message("q1", null), message("a9", "gone")], {}))).toBe("q1");
  });

  it("is quick on a long conversation", () => {
    const long = Array.from({ length: 5000 }, (_, i) => message(`a${i}`, i === 0 ? null : `a${i - 1}`));
    expect(pathOf(long, {})).toHaveLength(5000);
  });
});

describe("pathUpTo", () => {
  it("cuts after the message, and before the first for null", () => {
    const path = pathOf(TREE, {});
    expect(ids(pathUpTo(path, "a1"))).toBe("q1 a1");
    expect(pathUpTo(path, null)).toEqual([]);
  });
});

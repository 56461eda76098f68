import { expect, it } from "vitest";
import { asGroups, groupsOf, linesOf } from "./lines";

it("reads lines and groups however they are typed, and writes them back", () => {
  expect(linesOf(" a \n\n b\r\n")).toEqual(["a", "b"]);
  const groups = groupsOf("8 pm | 20:00\n | \nFriday\n||");
  expect(groups).toEqual([["8 pm", "20:00"], ["Friday"]]);
  expect(groupsOf(asGroups(groups))).toEqual(groups);
});

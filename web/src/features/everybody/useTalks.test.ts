import { expect, test } from "vitest";
import { exportPath, filtersOf } from "./useTalks";

test("the filters are those of the address, and go into the download", () => {
  const filters = filtersOf(new URLSearchParams("bot=b&text=a%26b&thumb=down&since=&other=1"));
  expect(filters).toEqual({ text: "a&b", thumb: "down" });
  expect(exportPath("my bot", filters)).toBe("/api/console/conversations/export?bot=my+bot&thumb=down&text=a%26b");
});

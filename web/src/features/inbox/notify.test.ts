import { expect, test } from "vitest";
import { counted } from "./notify";

test("how many wait stands in front of the title, once", () => {
  expect(counted("Inbox", 2)).toBe("(2) Inbox");
  expect(counted("(2) Inbox", 3)).toBe("(3) Inbox");
  expect(counted("(12) Inbox", 0)).toBe("Inbox");
});

import { describe, expect, it } from "vitest";
import { commandOf, KEYS } from "./keys";

const press = (key: string, more: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "repeat", boolean>> = {}) =>
  commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...more });

describe("keys", () => {
  it("has one key for each command, and no key twice", () => {
    expect(new Set(Object.values(KEYS)).size).toBe(Object.keys(KEYS).length);
    for (const [command, key] of Object.entries(KEYS)) expect(press(key)).toBe(command);
  });

  it("leaves the browser's own keys and all others alone", () => {
    expect(press("a", { ctrlKey: true })).toBeNull();
    expect(press("r", { metaKey: true })).toBeNull();
    expect(press("e", { altKey: true })).toBeNull();
    expect(press("A")).toBeNull();
    expect(press("Enter")).toBeNull();
  });

  it("decides once, however long a key is held", () => {
    expect(press("a", { repeat: true })).toBeNull();
    expect(press("j", { repeat: true })).toBe("next");
  });
});

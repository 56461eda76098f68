import { expect, it } from "vitest";
import type { ConversationSummary } from "../../shared/api-types";
import { groupByAge } from "./groups";

it("groups by the reader's calendar days and keeps the order", () => {
  const now = new Date(2025, 5, 15, 0, 30);
  const at = (id: string, ...time: [number, number, number, number]): ConversationSummary => {
    const iso = new Date(...time).toISOString();
    const pinned_at = id.startsWith("p") ? iso : null;
    return { id, title: id, created_at: iso, updated_at: iso, channel: "web", pinned_at, found: null };
  };
  const groups = groupByAge(
    [
      at("a", 2025, 5, 15, 0),
      at("b", 2025, 5, 14, 23),
      at("c", 2025, 5, 8, 0),
      at("d", 2025, 5, 7, 23),
      at("e", 2024, 0, 1, 0),
      at("p", 2023, 0, 1, 0),
    ],
    now,
  );
  expect(groups.map(({ age, conversations }) => [age, conversations.map(({ id }) => id).join("")])).toEqual([
    ["pinned", "p"],
    ["today", "a"],
    ["yesterday", "b"],
    ["week", "c"],
    ["older", "de"],
  ]);
});

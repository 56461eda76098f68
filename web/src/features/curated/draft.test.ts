import { describe, expect, it } from "vitest";
import { dayOf, draftOf, emptyDraft, isDay, standingOf, writtenOf } from "./draft";
import type { Content } from "./types";

const content: Content = {
  text: "Nine to six.",
  questions: ["When are you open?", "Opening hours?"],
  note: "",
  links: [
    { title: "Hours", uri: "https://example.org/hours" },
    { title: "hours.md", uri: "hours.md" },
  ],
  starts_at: "2027-01-01T00:00:00.000Z",
  expires_at: "2027-02-01T00:00:00.000Z",
  state: "active",
  origin: null,
};

describe("a draft", () => {
  it("shows whole days, and writes back what was read", () => {
    const draft = draftOf(content);
    expect([draft.starts, draft.expires]).toEqual(["2027-01-01", "2027-01-31"]);
    expect(writtenOf(draft)).toEqual({
      id: "",
      text: "Nine to six.",
      questions: content.questions,
      starts: "2027-01-01",
      expires: "2027-01-31",
      note: "",
      links: [
        { title: "Hours", uri: "https://example.org/hours" },
        { title: "", uri: "hours.md" },
      ],
    });
  });

  it("leaves a moment within a day as it is", () => {
    const moment = "2027-01-31T17:00:00.000Z";
    expect(dayOf(moment, true)).toBe(moment);
    expect(isDay(moment)).toBe(false);
    expect(isDay("2027-01-31") && isDay("")).toBe(true);
  });

  it("takes questions a line each, and no empty ones", () => {
    expect(writtenOf({ ...emptyDraft(" a? \n\n b? "), text: "x" }).questions).toEqual(["a?", "b?"]);
  });
});

describe("where an answer stands", () => {
  const at = (iso: string) => standingOf(content, Date.parse(iso));
  it("is told by its days", () => {
    expect(at("2026-12-01T00:00:00Z")).toBe("coming");
    expect(at("2027-01-01T12:00:00Z")).toBeNull();
    expect(at("2027-01-20T00:00:00Z")).toBe("expiring");
    expect(at("2027-02-01T00:00:00Z")).toBe("expired");
    expect(standingOf({ ...content, state: "retired" })).toBe("retired");
  });
});

import { describe, expect, it } from "vitest";
import type { Guide } from "./api";
import { currentStep, linesOf } from "./step";

const EMPTY: Guide = {
  name: "mybot",
  title: "mybot",
  purpose: "",
  topics: [],
  declines: [],
  asked: false,
  editable: true,
  minutes: 3,
  way: "model",
  files: [],
  accepted: [],
  can_train: true,
  why: "",
  next_step: "",
  imports: [],
  build: null,
  work: null,
  promoted: null,
  served: false,
};
const FILE = { name: "chats.jsonl", part: "data", bytes: 10 } as const;
const RUNNING = { id: "1", kind: "up", bot: "mybot", state: "running" } as Guide["work"];

describe("currentStep", () => {
  it("goes on with the first that is not done", () => {
    expect(currentStep(EMPTY)).toBe("purpose");
    expect(currentStep({ ...EMPTY, asked: true })).toBe("data");
    expect(currentStep({ ...EMPTY, asked: true, files: [FILE] })).toBe("build");
    expect(currentStep({ ...EMPTY, asked: true, files: [FILE], promoted: "abc" })).toBe("served");
    expect(currentStep({ ...EMPTY, asked: true, files: [FILE], promoted: "abc", served: true })).toBe("served");
  });
  it("shows what is being made, also when it is made anew", () => {
    expect(currentStep({ ...EMPTY, asked: true, files: [FILE], promoted: "abc", work: RUNNING })).toBe("build");
  });
});

describe("linesOf", () => {
  it("takes lines and commas, and leaves out what says nothing", () => {
    expect(linesOf("hours, cards\n\n loans ;")).toEqual(["hours", "cards", "loans"]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inkOn } from "../ink";
import { fromFrame, MARK, toFrame } from "../protocol";
import { inviteLater, isMeant } from "./invitation";
import { optionsOf, type Settings } from "./settings";

const SETTINGS: Settings = {
  accent: "#123456",
  theme: "auto",
  position: "end",
  label: "",
  invitation: "",
  invitation_seconds: 15,
  invitation_paths: ["/a"],
  title: "A bot",
};

describe("the script tag's attributes", () => {
  it("go over the bot's settings", () => {
    const given = {
      accent: "#ABCDEF",
      theme: "dark",
      position: "start",
      label: "Ask",
      invitationSeconds: "3",
      invitationPaths: "/x /y*",
      language: "de-AT",
    };
    expect(optionsOf(SETTINGS, given, document)).toMatchObject({
      accent: "#ABCDEF",
      theme: "dark",
      position: "start",
      label: "Ask",
      invitation_seconds: 3,
      invitation_paths: ["/x", "/y*"],
      language: "de-AT",
      spoken: "de",
    });
  });

  it("count as not given where they are no such thing", () => {
    const bad = { accent: "red;}", theme: "x", position: "", invitationSeconds: "-1", language: "xx" };
    expect(optionsOf(SETTINGS, bad, document)).toMatchObject({ ...SETTINGS, spoken: "en" });
  });
});

describe("the ink on a colour", () => {
  it("is the one with more contrast", () => {
    expect(["#ffffff", "#ffff00", "#1d5c4b", "#000000"].map(inkOn)).toEqual([
      "#000000",
      "#000000",
      "#ffffff",
      "#ffffff",
    ]);
  });
});

describe("the invitation", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    history.replaceState(null, "", "/");
  });

  it("is for paths that are meant, literally but for the star", () => {
    expect(isMeant("/prices/de", ["/prices/*"])).toBe(true);
    expect(isMeant("/prices", ["/prices/*", "/other"])).toBe(false);
    expect(isMeant("/aXb", ["/a.b"])).toBe(false);
    expect(isMeant("/anything", [])).toBe(true);
  });

  it("waits on its page, begins anew elsewhere, and comes once", () => {
    const show = vi.fn();
    inviteLater(3, ["/prices"], () => false, show);
    history.replaceState(null, "", "/prices");
    vi.advanceTimersByTime(2000);
    history.replaceState(null, "", "/");
    vi.advanceTimersByTime(5000);
    history.replaceState(null, "", "/prices");
    vi.advanceTimersByTime(2000);
    expect(show).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(show).toHaveBeenCalledTimes(1);
  });

  it("does not come once it is over", () => {
    const show = vi.fn();
    let over = false;
    inviteLater(3, [], () => over, show);
    vi.advanceTimersByTime(2000);
    over = true;
    vi.advanceTimersByTime(60_000);
    expect(show).not.toHaveBeenCalled();
  });
});

describe("messages between script and frame", () => {
  it("are taken if they are ours and whole", () => {
    const mark = MARK;
    expect(fromFrame({ mark, kind: "unread", count: 500 })).toEqual({ kind: "unread", count: 99 });
    expect(fromFrame({ mark, kind: "message", message: { id: "1", role: "user" } })).not.toBeNull();
    expect(toFrame({ mark, kind: "hello", open: true, identity: { user: "1", signature: "s" } })).not.toBeNull();
    expect(toFrame({ mark, kind: "identify", identity: null })).toEqual({ kind: "identify", identity: null });
  });

  it.each([
    null,
    1,
    "close",
    { kind: "close" },
    { mark: "x", kind: "close" },
    { mark: MARK, kind: "shown" },
    { mark: MARK, kind: "unread", count: "1" },
    { mark: MARK, kind: "message", message: { id: 1, role: "user" } },
    { mark: MARK, kind: "identify", identity: { user: 1, signature: "s" } },
    { mark: MARK, kind: "identify", identity: { user: "", signature: "s" } },
    { mark: MARK, kind: "run", code: "1" },
  ])("and nothing else is: %j", (data) => {
    expect(fromFrame(data)).toBeNull();
    expect(toFrame(data)).toBeNull();
  });
});

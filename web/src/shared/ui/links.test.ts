import { describe, expect, it } from "vitest";
import { safeImage, safeLink } from "./links";

const HERE = "https://bot.example";

describe("safeLink", () => {
  it("names the host of a link that leaves", () => {
    expect(safeLink("https://other.example/a", HERE)).toEqual({
      href: "https://other.example/a",
      host: "other.example",
    });
    expect(safeLink("//other.example:8443/a", HERE)?.host).toBe("other.example:8443");
    expect(safeLink("http://bot.example/", HERE)?.host).toBe("bot.example");
    expect(safeLink("https://bücher.example/", HERE)?.host).toBe("xn--bcher-kva.example");
  });

  it("has no host for a link that stays", () => {
    expect(safeLink("/docs", HERE)).toEqual({ href: "https://bot.example/docs", host: null });
    expect(safeLink("#part", HERE)?.host).toBeNull();
  });

  it("drops a name that only looks like a host", () => {
    expect(safeLink("https://bot.example@evil.example/", HERE)).toEqual({
      href: "https://evil.example/",
      host: "evil.example",
    });
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://bot.example/1",
    "https://",
    "",
    undefined,
  ])("refuses %j", (href) => {
    expect(safeLink(href, HERE)).toBeNull();
  });
});

describe("safeImage", () => {
  it("loads from here only", () => {
    expect(safeImage("/logo.png", HERE)).toBe("https://bot.example/logo.png");
    for (const src of [
      "https://evil.example/a.png",
      "//evil.example/a.png",
      "/\\evil.example/a.png",
      "data:image/png,",
      "mailto:a@b.c",
    ]) {
      expect(safeImage(src, HERE)).toBeNull();
    }
  });
});

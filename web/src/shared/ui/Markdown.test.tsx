import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { CORPUS } from "../../../e2e/xss-corpus.mjs";
import { Markdown } from "./Markdown";

afterEach(cleanup);

const shown = (markdown: string): HTMLElement => render(<Markdown>{markdown}</Markdown>).container;

describe("Markdown", () => {
  it.each(CORPUS)("renders %j without anything that runs or loads", (markdown) => {
    const box = shown(markdown);
    expect(
      box.querySelectorAll("script, iframe, object, embed, svg script, form, style, link, base, meta, video"),
    ).toHaveLength(0);
    for (const element of box.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on/);
        expect(value).not.toMatch(/^\s*(java|vb)\s*script:/i);
      }
    }
    for (const image of box.querySelectorAll("img")) expect(new URL(image.src).origin).toBe(window.location.origin);
    for (const link of box.querySelectorAll("a")) expect(link.protocol).toMatch(/^(https?|mailto):$/);
  });

  it("shows the host of a link to elsewhere and opens it without an opener", () => {
    shown("[ask](https://other.example/x)");
    const link = screen.getByRole("link");
    expect(link.textContent).toBe("ask (other.example)");
    expect(link.getAttribute("rel")).toContain("noopener");
    expect(link.getAttribute("target")).toBe("_blank");
  });

  it("does not repeat the host of a bare address", () => {
    shown("https://other.example/x");
    expect(screen.getByRole("link").textContent).toBe("https://other.example/x");
  });

  it("names an image of another origin instead of loading it", () => {
    const box = shown("![a chart](https://other.example/chart.png)");
    expect(box.querySelector("img")).toBeNull();
    expect(box.textContent).toContain("Image not loaded: a chart (other.example)");
  });

  it("shows tags as text", () => {
    expect(shown("a <b>c</b>").textContent).toBe("a <b>c</b>");
  });

  it("offers to copy code", () => {
    shown("```python\nprint(1)\n```");
    expect(screen.getByText("python")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Copy code" })).toBeTruthy();
  });
});

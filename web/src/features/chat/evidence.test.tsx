import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Source } from "../../shared/api-types";
import { Evidence, RouteTag } from "./Evidence";

afterEach(cleanup);

function shown(uri: string, title = "Hours") {
  const source: Source = { title, uri, quote: "Ten to six." };
  render(<Evidence sources={[source]} leftOut={0} />);
}

describe("sources", () => {
  it("links to addresses on the net, with the host in sight", () => {
    shown("https://library.example/hours");
    const link = screen.getByRole("link", { name: /Hours/ });
    expect(link.getAttribute("href")).toBe("https://library.example/hours");
    expect(link.textContent).toContain("(library.example)");
  });

  // A file's name is relative to nothing that this page serves; the rest must never run or lead anywhere.
  it.each([
    "hours.md",
    "hours.pdf#page=3",
    "/etc/passwd",
    "#top",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "mailto:desk@library.example",
    "//evil.example",
    "httpsx://evil.example",
    "",
  ])("names %j without a link", (uri) => {
    shown(uri);
    expect(screen.queryByRole("link", { hidden: true })).toBeNull();
    expect(screen.getByText("Hours")).toBeTruthy();
    expect(screen.getByText("Ten to six.")).toBeTruthy();
  });

  it("are named by their file where they have no title, and are never nameless", () => {
    shown("hours.md", "");
    expect(screen.getByText("hours.md")).toBeTruthy();
    cleanup();
    shown("", "");
    expect(screen.getByText("Untitled source")).toBeTruthy();
  });
});

describe("the route", () => {
  it("does not speak of documents where none is listed", () => {
    render(<RouteTag route="retrieved" sourced={false} />);
    expect(screen.getByText("Known answer")).toBeTruthy();
    cleanup();
    render(<RouteTag route="retrieved" sourced />);
    expect(screen.getByText("From documents")).toBeTruthy();
  });
});

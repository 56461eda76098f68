import { describe, expect, it } from "vitest";
import { differences } from "./words";

const told = (before: string, after: string): string =>
  differences(before, after)
    .map(({ kind, text }) => (kind === "same" ? text : kind === "gone" ? `[-${text}-]` : `{+${text}+}`))
    .join("");

describe("differences", () => {
  it("names the words that went and came", () => {
    expect(told("We close at nine.", "We close at ten on Fridays.")).toBe("We close at [-nine-]{+ten on Fridays+}.");
  });

  it("gives both texts back, whatever they are", () => {
    const texts = ["", "a", "a b c", "  two  spaces ", "日本語の文", "don’t stop", "x\ny\n", "Grüße, Äpfel!", "👋🏽 hi"];
    for (const before of texts)
      for (const after of texts) {
        const pieces = differences(before, after);
        expect(
          pieces
            .filter((piece) => piece.kind !== "new")
            .map((piece) => piece.text)
            .join(""),
        ).toBe(before);
        expect(
          pieces
            .filter((piece) => piece.kind !== "gone")
            .map((piece) => piece.text)
            .join(""),
        ).toBe(after);
      }
  });

  it("takes characters of Japanese one by one, and a word with an accent as one", () => {
    expect(told("九時に閉まる", "十時に閉まる")).toBe("[-九-]{+十+}時に閉まる");
    expect(told("viel größer als", "viel größte als")).toBe("viel [-größer-]{+größte+} als");
  });

  it("tells texts that have next to nothing in common as a whole", () => {
    expect(told("I am sorry, I cannot help with that.", "The corner is on the second floor.")).toBe(
      "[-I am sorry, I cannot help with that.-]{+The corner is on the second floor.+}",
    );
  });

  it("is done at once with two long texts that have nothing in common", () => {
    const began = performance.now();
    const pieces = differences("a ".repeat(10_000), "b ".repeat(10_000));
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(pieces.some((piece) => piece.kind === "new")).toBe(true);
  });
});

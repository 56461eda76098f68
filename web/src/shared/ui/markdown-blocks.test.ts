import { describe, expect, it } from "vitest";
import { CORPUS } from "../../../e2e/xss-corpus.mjs";
import { MarkdownBlocks } from "./markdown-blocks";
import { lex } from "./markdown-lexer";

const SAMPLES = [
  "# Title\n\nHello **there**, see [this][1].\n\n[1]: https://a.example/\n\nAnd [this][1] again.",
  "foo\n---\nbar\n===\n\n- a\n- b\n\n  more of b\n\n      code\n\n1. one\n2. two\n",
  "text\n#no heading\n# heading\ntext\n```js\nlet a = `b`;\n\n# no\n```\nafter",
  "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nend\n> quote\nlazy\n\n> - list in quote\n>   - deeper",
  "<div>\n**not** html\n</div>\n\n    indented\n    code\n\n* * *\n- [ ] task\n- [x] done\r\n\r\nlast",
  "a\n-\nb\n--\nc\n1\n1.\n1. x\n\n\n\n- a\n\n\n- b\n~~~\nopen fence\n\nstill",
  CORPUS.filter((each) => !each.includes("]:")).join("\n\n"), // with definitions, all is read again at the end
];

/** A sequence of numbers in 0..1 that is the same every time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

describe("MarkdownBlocks", () => {
  it("reads a text that grew in any pieces as it would read all of it at once", { timeout: 60_000 }, () => {
    const next = dice(7);
    for (const sample of SAMPLES) {
      const whole = lex(sample.replace(/\r\n?/g, "\n")).blocks;
      for (let round = 0; round < 5; round++) {
        const blocks = new MarkdownBlocks(() => 0);
        const step = 1 + Math.floor(next() * 12);
        for (
          let end = 0;
          end < sample.length;
          end += 1 + Math.floor(next() * step * (sample.length > 2_000 ? 60 : 1))
        ) {
          blocks.read(sample.slice(0, end), true);
        }
        expect(blocks.read(sample, false)).toEqual(whole);
      }
    }
  });

  it("keeps what is closed: the same objects, read once", () => {
    const blocks = new MarkdownBlocks(() => 0);
    const before = blocks.read("one\n\ntwo\n\nthree\n\nfo", true);
    const after = blocks.read("one\n\ntwo\n\nthree\n\nfour\n\nfive **b", true);
    expect(after.slice(0, 5)).toEqual(before.slice(0, 5));
    for (let place = 0; place < 5; place++) expect(after[place]).toBe(before[place]);
    const end = blocks.read("one\n\ntwo\n\nthree\n\nfour\n\nfive **b**", false);
    expect(end[0]).toBe(before[0]);
  });

  it("reads an end that takes long less often, and all of it at the end", () => {
    let time = 0;
    const blocks = new MarkdownBlocks(() => (time += 10)); // each reading takes 10 ms
    const first = blocks.read("one", true);
    expect(blocks.read("one two", true)).toBe(first);
    time += 200;
    expect(blocks.read("one two", true)).not.toBe(first);
    expect(blocks.read("one two three", false)).toEqual(lex("one two three").blocks);
  });

  it("starts anew when the text is another one", () => {
    const blocks = new MarkdownBlocks(() => 0);
    blocks.read("one\n\ntwo\n\nthree", true);
    expect(blocks.read("other", true)).toEqual(lex("other").blocks);
  });

  it("resolves a definition that comes after its use, at the end", () => {
    const blocks = new MarkdownBlocks(() => 0);
    const text = "see [x][1]\n\na\n\nb\n\nc\n\n[1]: https://a.example/";
    for (let end = 0; end < text.length; end++) blocks.read(text.slice(0, end), true);
    expect(blocks.read(text, false)).toEqual(lex(text).blocks);
  });
});

describe("lex", () => {
  // Each took from seconds to for ever, or ran out of stack, before there were bounds.
  it.each([
    ["quotes", "> ".repeat(10_000)],
    ["lists", "- ".repeat(10_000)],
    ["quotes and lists", "> - 1. ".repeat(10_000)],
    ["nested lists", Array.from({ length: 200 }, (_, i) => `${"  ".repeat(i)}- x`).join("\n")],
    ["emphasis", "__a_ ".repeat(10_000)],
    ["strike-through", "~~a~".repeat(12_000)],
    ["brackets", "[".repeat(50_000)],
    ["links", "[a](".repeat(12_000)],
    ["stars", "*".repeat(50_000)],
    ["ticks", "`a``b```".repeat(6_000)],
  ])("comes to an end with many %s", { timeout: 10_000 }, (_, markdown) => {
    const { blocks } = lex(markdown);
    expect(blocks.map((block) => block.raw).join("").length).toBeGreaterThanOrEqual(markdown.trimEnd().length - 1);
  });

  it("bounds how deep things lie in each other", () => {
    const depthOf = (value: unknown): number =>
      value !== null && typeof value === "object" ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    expect(depthOf(lex("> ".repeat(2000) + "x").blocks)).toBeLessThan(60);
    expect(depthOf(lex("**_".repeat(150) + "x" + "_**".repeat(150)).blocks)).toBeLessThan(60);
  });
});

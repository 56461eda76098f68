import { expect, it } from "vitest";
import { settle } from "./settle";

it.each([
  ["plain", "plain"],
  ["a **bold", "a **bold**"],
  ["a **", "a "],
  ["a **bold** b", "a **bold** b"],
  ["a `code", "a `code`"],
  ["see [the site](https://exam", "see the site"],
  ["see [the si", "see the si"],
  ["see [the site](https://example.org) now", "see [the site](https://example.org) now"],
  ["![pic](https://e", "pic"],
  ["**open\n\nnext **one", "**open\n\nnext **one**"],
  ["text\n-", "text"],
  ["text\n\n1.", "text\n"],
  ["- a\n- ", "- a"],
  ["a\n\n| Day | Op", "a\n"],
  ["a\n\n| Day | Opens |\n|---|", "a\n"],
  ["| Day |\n|---|\n| Mo", "| Day |\n|---|\n| Mo"],
  ["```js\nconst a = `x", "```js\nconst a = `x"],
])("%j is shown as %j while it arrives", (arrived, shown) => {
  expect(settle(arrived)).toBe(shown);
});

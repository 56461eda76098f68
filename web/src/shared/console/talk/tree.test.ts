import { expect, test } from "vitest";
import { before, branch, hasVersions, type TeamMessage } from "./tree";

const message = (id: string, parent: string | null, seq: number, values: Partial<TeamMessage> = {}): TeamMessage => ({
  id,
  parent_id: parent,
  role: "user",
  content: id,
  created_at: "",
  status: "done",
  route: null,
  sources: [],
  left_out: 0,
  turn_id: null,
  release: null,
  error: null,
  mark: null,
  author: null,
  feedback: null,
  seq,
  confidence: null,
  deployment: null,
  first_token_ms: null,
  total_ms: null,
  said: [],
  attachments: [],
  review: null,
  ...values,
});

const bot = { role: "assistant" } as const;
const tree = [
  message("hi", null, 1),
  message("old", "hi", 2, bot),
  message("new", "hi", 3, bot),
  message("why", "new", 4),
  message("handed", "why", 5, bot),
  message("ann", "handed", 6, { ...bot, author: "Ann" }),
];

test("the branch of the newest message, and whether there is more", () => {
  expect(branch(tree).map((each) => each.id)).toEqual(["hi", "new", "why", "handed", "ann"]);
  expect(hasVersions(tree)).toBe(true);
  expect(hasVersions(branch(tree))).toBe(false);
  expect(branch([])).toEqual([]);
});

test("what a person's answer is about, and what the bot had said", () => {
  expect(before(tree, tree[5] as TeamMessage)).toEqual({ question: "why", reply: "handed" });
  expect(before(tree, message("x", null, 9, bot))).toEqual({ question: "", reply: null });
});

test("a question that only a person answered has no reply of the bot", () => {
  const asked = message("q", null, 1);
  const said = message("a", "q", 2, { ...bot, author: "" });
  expect(before([asked, said], said)).toEqual({ question: "q", reply: null });
});

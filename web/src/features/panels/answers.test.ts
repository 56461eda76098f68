import { expect, it } from "vitest";
import { readAnswers } from "./answers";

it("reads lines of question and answer, and names the first that is none", () => {
  const good = '{"question": "Open?", "answer": "Yes.", "more": 1}\n\n{"question": "Dogs?", "answer": "No."}\n';
  expect(readAnswers("peer-2.jsonl", good)).toEqual({
    answers: {
      name: "peer-2",
      rows: [
        { question: "Open?", answer: "Yes." },
        { question: "Dogs?", answer: "No." },
      ],
    },
  });
  expect(readAnswers("peer.jsonl", `${good}{"question": "x"}`)).toEqual({ badLine: 4 });
  expect(readAnswers("peer.jsonl", "null")).toEqual({ badLine: 1 });
  expect(readAnswers("peer.jsonl", "")).toEqual({ badLine: 1 });
  expect(readAnswers("../x.jsonl", good)).toEqual({ badName: true });
  expect(readAnswers("current.jsonl", good)).toEqual({ badName: true });
});

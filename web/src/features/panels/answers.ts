// A file of answers from elsewhere, read in the browser: a line each of {"question", "answer"}.
import type { GivenAnswers } from "./types";

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;
const MOST = 2000;

export type Read = { answers: GivenAnswers } | { badName: true } | { badLine: number };

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

export function readAnswers(fileName: string, text: string): Read {
  const name = fileName.replace(/\.[^.]*$/, "");
  if (!NAME.test(name) || name === "current") return { badName: true };
  const rows: GivenAnswers["rows"] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (!line.trim()) continue;
    const row = parsed(line);
    if (!row || rows.length >= MOST) return { badLine: index + 1 };
    rows.push(row);
  }
  return rows.length > 0 ? { answers: { name, rows } } : { badLine: 1 };
}

function parsed(line: string): GivenAnswers["rows"][number] | null {
  try {
    const value = JSON.parse(line) as { question?: unknown; answer?: unknown } | null;
    const { question, answer } = value ?? {};
    return isText(question) && isText(answer) ? { question, answer } : null;
  } catch {
    return null;
  }
}

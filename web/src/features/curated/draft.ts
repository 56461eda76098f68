// An answer as a form has it, all texts; and back as the server takes it.
import type { Content, Written } from "./types";

export interface Draft {
  questions: string;
  text: string;
  starts: string;
  expires: string;
  links: string;
  note: string;
}

export const emptyDraft = (question = ""): Draft => ({
  questions: question,
  text: "",
  starts: "",
  expires: "",
  links: "",
  note: "",
});

export const draftOf = (content: Content): Draft => ({
  questions: content.questions.join("\n"),
  text: content.text,
  starts: dayOf(content.starts_at, false),
  expires: dayOf(content.expires_at, true),
  links: content.links.map(({ title, uri }) => (title && title !== uri ? `${title} | ${uri}` : uri)).join("\n"),
  note: content.note,
});

export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

export function writtenOf(draft: Draft): Written & Required<Pick<Written, "note" | "links" | "starts" | "expires">> {
  return {
    id: "",
    text: draft.text,
    questions: linesOf(draft.questions),
    starts: draft.starts,
    expires: draft.expires,
    note: draft.note,
    links: linesOf(draft.links).map((line) => {
      const bar = line.lastIndexOf(" | ");
      return bar < 0 ? { title: "", uri: line } : { title: line.slice(0, bar).trim(), uri: line.slice(bar + 3).trim() };
    }),
  };
}

const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?Z$/;
const DAY_MS = 86_400_000;

/** A moment of the store as the day that a form shows: the last one that counts ends at the next midnight. A moment within a day stays one. */
export function dayOf(at: string | null, last: boolean): string {
  if (at === null) return "";
  const midnight = MIDNIGHT.exec(at);
  if (!midnight?.[1]) return at;
  if (!last) return midnight[1];
  return new Date(new Date(at).getTime() - DAY_MS).toISOString().slice(0, 10);
}

/** Whether a form's date is a whole day, which a date input can show. */
export const isDay = (text: string): boolean => /^(\d{4}-\d{2}-\d{2})?$/.test(text);

export type Standing = "expired" | "expiring" | "coming" | "retired" | null;

const SOON_MS = 30 * DAY_MS;

/** What is to be said of an answer beside that it is there. */
export function standingOf(content: Content, now = Date.now()): Standing {
  if (content.state === "retired") return "retired";
  const ends = content.expires_at === null ? Infinity : Date.parse(content.expires_at);
  if (ends <= now) return "expired";
  if (content.starts_at !== null && Date.parse(content.starts_at) > now) return "coming";
  return ends - now <= SOON_MS ? "expiring" : null;
}

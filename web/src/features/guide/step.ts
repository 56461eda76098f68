import type { Guide } from "./api";

export const STEPS = ["purpose", "data", "build", "served"] as const;
export type Step = (typeof STEPS)[number];

/** What is done already, by what is in the bot's folder. */
export function doneSteps(guide: Guide): ReadonlySet<Step> {
  const done = new Set<Step>();
  if (guide.asked) done.add("purpose");
  if (guide.files.length > 0) done.add("data");
  if (guide.promoted) done.add("build");
  if (guide.served) done.add("served");
  return done;
}

/** Where the guide goes on: while something is made there, else the first step that is not done. */
export function currentStep(guide: Guide): Step {
  if (guide.work?.kind === "up" && guide.work.state === "running") return "build";
  const done = doneSteps(guide);
  return STEPS.find((step) => !done.has(step)) ?? "served";
}

const OF_LINES = /[\n,;]/;

/** Topics as people write them: a line each, or with commas between them. */
export const linesOf = (text: string): string[] =>
  text
    .split(OF_LINES)
    .map((line) => line.trim())
    .filter((line) => line !== "");

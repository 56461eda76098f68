// What is typed as lines, read as lists: other ways to ask, and what a test must find.

/** Lines that say something. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** A line each: spellings that count alike, between bars. */
export const groupsOf = (text: string): string[][] =>
  linesOf(text)
    .map((line) =>
      line
        .split("|")
        .map((word) => word.trim())
        .filter(Boolean),
    )
    .filter((group) => group.length > 0);

/** The inverse of `groupsOf`, of what the server says. */
export const asGroups = (groups: readonly (readonly string[])[]): string =>
  groups.map((group) => group.join(" | ")).join("\n");

// How long a message may be, as the server counts: `CHARACTERS` in server/limits.py, of code points.

export const LONGEST_MESSAGE = 200_000;

const PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

export const lengthOf = (text: string): number => text.length - (text.match(PAIR)?.length ?? 0);

/** Counts only when it could be: most texts are short. */
export const isTooLong = (text: string): boolean =>
  text.length > LONGEST_MESSAGE && lengthOf(text.trim()) > LONGEST_MESSAGE;

import { plural } from "../plural";

const forms = plural("de");

/** One or many; "#" is the number. */
export const count = (n: number, words: Parameters<typeof forms>[1]): string => forms(n, words);

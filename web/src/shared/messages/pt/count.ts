import { plural } from "../plural";

const forms = plural("pt");

/** The words for a number; "#" is the number. Zero is counted like one. */
export const count = (n: number, words: Parameters<typeof forms>[1]): string => forms(n, words);

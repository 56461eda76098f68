import { plural } from "../plural";

const forms = plural("es");

/** The words for a number; "#" is the number. */
export const count = (n: number, words: Parameters<typeof forms>[1]): string => forms(n, words);

import { plural } from "../plural";

const forms = plural("ja");

/** Words for a number; "#" is the number. */
export const count = (n: number, words: Parameters<typeof forms>[1]): string => forms(n, words);

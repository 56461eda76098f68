import { plural } from "../plural";

const forms = plural("zh");

export const count = (n: number, words: Parameters<typeof forms>[1]): string => forms(n, words);

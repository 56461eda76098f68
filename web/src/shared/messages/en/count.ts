import { plural } from "../plural";

const forms = plural("en");

/** One or many; "#" is the number. */
export const count = (n: number, one: string, many: string): string => forms(n, { one, other: many });

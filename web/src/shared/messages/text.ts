import { en } from "./en";

/** What another language must provide. */
export type Texts = typeof en;

/** The texts in use. English is the only language so far; a second one is chosen here. */
export const text: Texts = en;

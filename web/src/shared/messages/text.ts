import { en } from "./en";
import { chosenLanguage, type Language } from "./language";

/** What a language must provide. */
export type Texts = typeof en;

/** The texts in use. Read them while drawing, not when a module is loaded: the language comes after. */
export let text: Texts = en;

const loaders: Partial<Record<Language, () => Promise<Texts>>> = {};

/** Takes the chosen language's texts; English ones where they cannot be had. */
export async function loadTexts(): Promise<void> {
  text = (await loaders[chosenLanguage()]?.().catch(() => undefined)) ?? en;
}

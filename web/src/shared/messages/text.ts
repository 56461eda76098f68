import { en } from "./en";
import { chosenLanguage, type Language } from "./language";

/** What a language must provide. */
export type Texts = typeof en;

/** The texts in use. Read them while drawing, not when a module is loaded: the language comes after. */
export let text: Texts = en;

const loaders: Partial<Record<Language, () => Promise<Texts>>> = {
  de: async () => (await import("./de")).de,
  es: async () => (await import("./es")).es,
  fr: async () => (await import("./fr")).fr,
  pt: async () => (await import("./pt")).pt,
  ja: async () => (await import("./ja")).ja,
  zh: async () => (await import("./zh")).zh,
  ar: async () => (await import("./ar")).ar,
};

/** Takes the chosen language's texts; English ones where they cannot be had. */
export async function loadTexts(): Promise<void> {
  text = (await loaders[chosenLanguage()]?.().catch(() => undefined)) ?? en;
}

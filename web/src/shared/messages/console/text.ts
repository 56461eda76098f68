import { chosenLanguage, type Language } from "../language";
import { en } from "./en";

/** What a language must provide for the console. */
export type ConsoleTexts = typeof en;

/** The console's texts in use. Read them while drawing, not when a module is loaded. */
export let consoleText: ConsoleTexts = en;

const loaders: Partial<Record<Language, () => Promise<ConsoleTexts>>> = {
  de: async () => (await import("./de")).de,
  es: async () => (await import("./es")).es,
  fr: async () => (await import("./fr")).fr,
  pt: async () => (await import("./pt")).pt,
  ja: async () => (await import("./ja")).ja,
  zh: async () => (await import("./zh")).zh,
  ar: async () => (await import("./ar")).ar,
};

export async function loadConsoleTexts(): Promise<void> {
  consoleText = (await loaders[chosenLanguage()]?.().catch(() => undefined)) ?? en;
}

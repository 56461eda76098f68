import { chosenLanguage, type Language } from "../language";
import { en } from "./en";

/** What a language must provide for the console. */
export type ConsoleTexts = typeof en;

/** The console's texts in use. Read them while drawing, not when a module is loaded. */
export let consoleText: ConsoleTexts = en;

const loaders: Partial<Record<Language, () => Promise<ConsoleTexts>>> = {};

export async function loadConsoleTexts(): Promise<void> {
  consoleText = (await loaders[chosenLanguage()]?.().catch(() => undefined)) ?? en;
}

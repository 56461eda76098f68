// Which language the page speaks: the one chosen here, else the first of the browser's that there is.
import { recall, remember } from "../storage";

export const LANGUAGES = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  pt: "Português",
  ja: "日本語",
  zh: "中文",
  ar: "العربية",
} as const;

export type Language = keyof typeof LANGUAGES;

const RIGHT_TO_LEFT: ReadonlySet<Language> = new Set<Language>(["ar"]);

export const isLanguage = (value: unknown): value is Language => typeof value === "string" && value in LANGUAGES;

let asked: Language | null = null;

/** The widget's host page may ask for a language; a choice made on the page goes first. */
export function askFor(language: string): void {
  const short = language.slice(0, 2).toLowerCase();
  asked = isLanguage(short) ? short : null;
}

export function chosenLanguage(): Language {
  const chosen = recall<Language | null>("local", "language", null, isLanguage);
  const spoken = navigator.languages.map((each) => each.slice(0, 2).toLowerCase());
  return chosen ?? asked ?? spoken.find(isLanguage) ?? "en";
}

export const directionOf = (language: Language): "ltr" | "rtl" => (RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr");

/** Tells the document, for screen readers, fonts, hyphens and the direction of everything. */
export function applyLanguage(): void {
  const language = chosenLanguage();
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

/** Remembers a choice and starts the page again with it: drafts and conversations are kept. */
export function chooseLanguage(language: Language): void {
  remember("local", "language", language);
  window.location.reload();
}

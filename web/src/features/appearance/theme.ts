import { useState } from "react";
import { isBoolean, recall, remember } from "../../shared/storage";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme);
const root = (): DOMStringMap => document.documentElement.dataset;

/** public/theme.js applies the same choice before the first paint. */
function apply(theme: Theme): void {
  if (theme === "system") delete root()["theme"];
  else root()["theme"] = theme;
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(() => recall("local", "theme", "system", isTheme));
  const change = (next: Theme): void => {
    setTheme(next);
    remember("local", "theme", next);
    apply(next);
  };
  return [theme, change];
}

/** More contrast than the system asks for; where it asks for it, there is more anyway. */
export function useContrast(): [boolean, (more: boolean) => void] {
  const [more, setMore] = useState(() => recall("local", "contrast", false, isBoolean));
  const change = (next: boolean): void => {
    setMore(next);
    remember("local", "contrast", next);
    if (next) root()["contrast"] = "more";
    else delete root()["contrast"];
  };
  return [more, change];
}

import { useState } from "react";
import { recall, remember } from "../../shared/storage";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme);

/** public/theme.js applies the same choice before the first paint. */
function apply(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
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

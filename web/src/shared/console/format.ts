// Numbers and dates as the page's language writes them. Made once per language and shape: Intl's constructors are slow.
import { chosenLanguage } from "../messages/language";

const language = chosenLanguage();
const numbers = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = numbers.get(key) ?? new Intl.NumberFormat(language, options);
  numbers.set(key, known);
  return known;
}

const instants = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const days = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

export const number = (value: number, digits = 0): string =>
  numberFormat({ maximumFractionDigits: digits }).format(value);

/** Of 1: 0.123 is 12.3%. */
export const percent = (share: number, digits = 0): string =>
  numberFormat({ style: "percent", maximumFractionDigits: digits }).format(share);

export const bytes = (size: number): string => {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  const step = Math.min(units.length - 1, size < 1 ? 0 : Math.floor(Math.log10(size) / 3));
  const unit = units[step] ?? "byte";
  return numberFormat({ style: "unit", unit, unitDisplay: "short", maximumFractionDigits: step ? 1 : 0 }).format(
    size / 1000 ** step,
  );
};

/** Seconds, in the unit that people would use. */
export function duration(seconds: number): string {
  const unit = (value: number, of: string, digits = 0): string =>
    numberFormat({ style: "unit", unit: of, unitDisplay: "short", maximumFractionDigits: digits }).format(value);
  if (seconds < 1) return unit(seconds * 1000, "millisecond");
  if (seconds < 100) return unit(seconds, "second", 1);
  if (seconds < 5400) return unit(seconds / 60, "minute");
  if (seconds < 172_800) return unit(seconds / 3600, "hour", 1);
  return unit(seconds / 86_400, "day");
}

/** Of an ISO 8601 text; a text that is none is shown as it is. */
export const dateTime = (iso: string): string => shown(iso, (date) => instants.format(date));
export const day = (iso: string): string => shown(iso, (date) => days.format(date));

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** "5 minutes ago"; older than a week the day itself. A clock that goes ahead of ours says "now" and not "in 2 minutes". */
export function ago(iso: string, now = Date.now()): string {
  return shown(iso, (date) => {
    const seconds = Math.max(0, (now - date.getTime()) / 1000);
    if (seconds > 7 * 86_400) return days.format(date);
    const [unit, length] = STEPS.find(([, each]) => seconds >= each) ?? ["second", 60];
    return relative.format(unit === "second" ? 0 : -Math.floor(seconds / length), unit);
  });
}

function shown(iso: string, write: (date: Date) => string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : write(date);
}

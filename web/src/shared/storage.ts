// What the browser remembers for this page: preferences and drafts, never anything secret. Storage may be blocked or full;
// then the page works on and simply forgets.

type Area = "local" | "session";

const areaOf = (area: Area): Storage => (area === "local" ? localStorage : sessionStorage);

export function recall<T>(area: Area, key: string, fallback: T, valid: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(areaOf(area).getItem(`chatwright.${key}`) ?? "null");
    return valid(value) ? value : fallback;
  } catch {
    return fallback;
  }
}

export function remember(area: Area, key: string, value: unknown): void {
  try {
    areaOf(area).setItem(`chatwright.${key}`, JSON.stringify(value));
  } catch {
    // See above: forgetting is fine.
  }
}

export function forget(area: Area, key: string): void {
  try {
    areaOf(area).removeItem(`chatwright.${key}`);
  } catch {
    // See above.
  }
}

export const isString = (value: unknown): value is string => typeof value === "string";
export const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

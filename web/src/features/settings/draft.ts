// A form's changes before they are saved: values as they are typed, and what of them goes to the server.
import type { components } from "../../shared/schema";

export type Settings = components["schemas"]["SettingsValue"];
export type SettingsField = Settings["fields"][number];
export type Value = SettingsField["value"];

/** What was typed, by "table.key"; null: back to the default. */
export type Draft = Readonly<Record<string, Value | null>>;

export const keyOf = (field: SettingsField): string => `${field.table}.${field.key}`;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The value that a field shows. */
export function valueOf(field: SettingsField, draft: Draft): Value {
  const typed = draft[keyOf(field)];
  if (typed === undefined) return field.value;
  return typed ?? field.default ?? "";
}

/** The draft with one more value; one that is as it was before is no change. */
export function put(draft: Draft, field: SettingsField, value: Value | null): Draft {
  const rest = Object.fromEntries(Object.entries(draft).filter(([key]) => key !== keyOf(field)));
  const asBefore = value === null ? !field.written : same(value, field.value);
  return asBefore ? rest : { ...rest, [keyOf(field)]: value };
}

/** As the server takes it: by table and key. */
export function changesOf(draft: Draft): Record<string, Record<string, Value | null>> {
  const changes: Record<string, Record<string, Value | null>> = {};
  for (const [name, value] of Object.entries(draft)) {
    const [table = "", key = ""] = name.split(".");
    changes[table] = { ...changes[table], [key]: value };
  }
  return changes;
}

/** Lines of a text box as entries; blank ones are none. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** "true" and "false" of a choice are no words in bot.toml. */
export const ofChoice = (word: string): Value => (word === "true" ? true : word === "false" ? false : word);

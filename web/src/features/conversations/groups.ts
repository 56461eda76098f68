import type { ConversationSummary } from "../../shared/api-types";

export type Age = "pinned" | "today" | "yesterday" | "week" | "older";

export interface Group {
  age: Age;
  conversations: ConversationSummary[];
}

/** Puts the list, newest first, under headings by the reader's own calendar days; what is pinned goes first. */
export function groupByAge(conversations: readonly ConversationSummary[], now: Date): Group[] {
  const startOfDay = (daysAgo: number): number =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo).getTime();
  const ageOf = ({ updated_at, pinned_at }: ConversationSummary): Age => {
    if (pinned_at !== null) return "pinned";
    const time = Date.parse(updated_at);
    if (time >= startOfDay(0)) return "today";
    if (time >= startOfDay(1)) return "yesterday";
    return time >= startOfDay(7) ? "week" : "older";
  };
  const groups: Group[] = conversations.some((each) => each.pinned_at !== null)
    ? [{ age: "pinned", conversations: [] }]
    : [];
  for (const conversation of conversations) {
    const age = ageOf(conversation);
    const group = groups.find((each) => each.age === age);
    if (group) group.conversations.push(conversation);
    else groups.push({ age, conversations: [conversation] });
  }
  return groups;
}

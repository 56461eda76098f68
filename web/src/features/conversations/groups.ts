import type { ConversationSummary } from "../../shared/api-types";

export type Age = "today" | "yesterday" | "week" | "older";

export interface Group {
  age: Age;
  conversations: ConversationSummary[];
}

/** Puts the list, newest first, under headings by the reader's own calendar days. */
export function groupByAge(conversations: readonly ConversationSummary[], now: Date): Group[] {
  const startOfDay = (daysAgo: number): number =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo).getTime();
  const ageOf = ({ updated_at }: ConversationSummary): Age => {
    const time = Date.parse(updated_at);
    if (time >= startOfDay(0)) return "today";
    if (time >= startOfDay(1)) return "yesterday";
    return time >= startOfDay(7) ? "week" : "older";
  };
  const groups: Group[] = [];
  for (const conversation of conversations) {
    const age = ageOf(conversation);
    const group = groups.find((each) => each.age === age);
    if (group) group.conversations.push(conversation);
    else groups.push({ age, conversations: [conversation] });
  }
  return groups;
}

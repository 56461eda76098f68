// A conversation is a tree: an edited question and a repeated answer are siblings. What the page shows is one path in it.
import type { Message } from "../../shared/api-types";

/** Which child was chosen under a message; the key of the first level is ROOT. */
export type Choices = Readonly<Record<string, string>>;

export const ROOT = "root";
const keyOf = (parentId: string | null): string => parentId ?? ROOT;

export interface Step {
  message: Message;
  /** All versions of this message in creation order, itself among them. */
  siblings: readonly Message[];
}

/** The path to show: at each fork the chosen version, else the one that leads to the newest message. */
export function pathOf(messages: readonly Message[], choices: Choices): Step[] {
  const children = new Map<string, Message[]>();
  const byId = new Map(messages.map((message) => [message.id, message]));
  for (const message of messages) {
    const key = keyOf(message.parent_id);
    children.set(key, [...(children.get(key) ?? []), message]);
  }
  const newest = newestBelow(messages, byId);
  const path: Step[] = [];
  let siblings = children.get(ROOT);
  while (siblings?.length) {
    const chosen = choices[keyOf(siblings[0]?.parent_id ?? null)];
    const message =
      siblings.find((each) => each.id === chosen) ??
      siblings.reduce((a, b) => ((newest.get(b.id) ?? 0) > (newest.get(a.id) ?? 0) ? b : a));
    path.push({ message, siblings });
    siblings = children.get(message.id);
  }
  return path;
}

/** For each message the place, in creation order, of the newest message in its subtree. */
function newestBelow(messages: readonly Message[], byId: ReadonlyMap<string, Message>): Map<string, number> {
  const newest = new Map<string, number>();
  for (let place = messages.length - 1; place >= 0; place--) {
    let up = messages[place];
    // From the newest on: an ancestor that has a place already has a newer one, and so have all above it.
    while (up && !newest.has(up.id)) {
      newest.set(up.id, place);
      up = up.parent_id === null ? undefined : byId.get(up.parent_id);
    }
  }
  return newest;
}

export const choose = (choices: Choices, message: Pick<Message, "id" | "parent_id">): Choices => ({
  ...choices,
  [keyOf(message.parent_id)]: message.id,
});

/** The path up to and with the message `id`; null gives the empty path before the first message. */
export function pathUpTo(path: readonly Step[], id: string | null): Step[] {
  return path.slice(0, path.findIndex((step) => step.message.id === id) + 1);
}

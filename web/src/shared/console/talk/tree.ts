// A conversation as the team reads it: the branch that the visitor is in, or everything that was ever said.
import type { components } from "../../schema";

type Schemas = components["schemas"];
export type TeamMessage = Schemas["TeamMessage"];
export type WholeTalk = Schemas["WholeTalk"];

/** The messages that lead to the newest one. */
export function branch(tree: readonly TeamMessage[]): TeamMessage[] {
  const byId = new Map(tree.map((message) => [message.id, message]));
  const path: TeamMessage[] = [];
  let at = tree.reduce<TeamMessage | undefined>(
    (best, each) => (!best || each.seq > best.seq ? each : best),
    undefined,
  );
  while (at) {
    path.unshift(at);
    at = at.parent_id === null ? undefined : byId.get(at.parent_id);
  }
  return path;
}

export const hasVersions = (tree: readonly TeamMessage[]): boolean => branch(tree).length < tree.length;

/** What the visitor asked before a message, and the bot's own reply to that, where there is one. */
export function before(tree: readonly TeamMessage[], message: TeamMessage): { question: string; reply: string | null } {
  const byId = new Map(tree.map((each) => [each.id, each]));
  let at = message.parent_id === null ? undefined : byId.get(message.parent_id);
  let reply: string | null = null;
  while (at && at.role !== "user") {
    if (at.author === null && at.status === "done") reply = at.id;
    at = at.parent_id === null ? undefined : byId.get(at.parent_id);
  }
  const asked = at;
  if (asked && reply === null)
    reply =
      tree.find((each) => each.parent_id === asked.id && each.role === "assistant" && each.author === null)?.id ?? null;
  return { question: asked?.content ?? "", reply };
}

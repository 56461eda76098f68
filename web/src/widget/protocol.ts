// What the script on a site and the page in its frame say to each other. Each side checks where a message comes from, and
// that it is one of these; nothing that was said in the chat is in them, unless the bot's owner shares it.

/** A site's own user, and its server's signature of them. */
export interface Identity {
  user: string;
  signature: string;
  /** Seconds since 1970 until which the signature is good, where it is over that as well. */
  expires?: number;
}

export type ToFrame =
  | { kind: "hello"; open: boolean; identity: Identity | null }
  | { kind: "shown"; open: boolean; focus: boolean }
  | { kind: "identify"; identity: Identity | null };

export interface SharedMessage {
  id: string;
  role: "user" | "assistant";
  /** Only where the bot's owner set share_messages. */
  content?: string;
}

export type FromFrame =
  | { kind: "ready" }
  | { kind: "close" }
  | { kind: "unread"; count: number }
  | { kind: "message"; message: SharedMessage }
  | { kind: "handover" };

/** Marks our messages among those of other scripts. */
export const MARK = "chatwright-widget";

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;

export function isIdentity(value: unknown): value is Identity {
  if (!isObject(value)) return false;
  const { user, signature, expires } = value;
  return (
    typeof user === "string" &&
    user !== "" &&
    typeof signature === "string" &&
    (expires === undefined || Number.isInteger(expires))
  );
}

const isMessage = (value: unknown): value is SharedMessage =>
  isObject(value) &&
  typeof value["id"] === "string" &&
  (value["role"] === "user" || value["role"] === "assistant") &&
  (value["content"] === undefined || typeof value["content"] === "string");

/** The message of the frame in an event's data; null for anything else. */
export function fromFrame(data: unknown): FromFrame | null {
  if (!isObject(data) || data["mark"] !== MARK) return null;
  const { kind, count, message } = data;
  switch (kind) {
    case "ready":
    case "close":
    case "handover":
      return { kind };
    case "unread":
      return Number.isInteger(count) ? { kind, count: Math.max(0, Math.min(count as number, 99)) } : null;
    case "message":
      return isMessage(message) ? { kind, message } : null;
    default:
      return null;
  }
}

/** The message of the site's script in an event's data; null for anything else. */
export function toFrame(data: unknown): ToFrame | null {
  if (!isObject(data) || data["mark"] !== MARK) return null;
  const { kind, open, focus, identity } = data;
  const known = identity === null || isIdentity(identity);
  if (kind === "hello" && typeof open === "boolean" && known) return { kind, open, identity };
  if (kind === "shown" && typeof open === "boolean") return { kind, open, focus: focus === true };
  if (kind === "identify" && known) return { kind, identity };
  return null;
}

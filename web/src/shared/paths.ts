export const NEW_CONVERSATION = "/";
export const LOGIN = "/login"; // where visitors are let in as well

/** A conversation, and a message in it that is to be brought into view. */
export const conversationPath = (id: string, messageId?: string | null): string =>
  `/c/${encodeURIComponent(id)}${messageId ? `?m=${encodeURIComponent(messageId)}` : ""}`;

/** A new conversation that is not kept. */
export const TEMPORARY = "/temporary";

/** The secret of a link to a shared conversation, where the path is one. */
export const sharedOf = (path: string): string | null => /^\/share\/([A-Za-z0-9_-]+)\/?$/.exec(path)?.[1] ?? null;

/** The conversation that a path shows; null: a new one. */
export function conversationOf(path: string): string | null {
  const match = /^\/c\/([^/]+)\/?$/.exec(path);
  try {
    return match?.[1] ? decodeURIComponent(match[1]) : null;
  } catch {
    return null; // a malformed escape is nobody's conversation
  }
}

export const CONSOLE = "/console/overview";

export const isConsole = (path: string): boolean => /^\/console(\/|$)/.test(path);

/** The page on which an invited person makes an account. The token stands behind #, which no server sees. */
export const INVITATION = "/invitation";

export const invitationPath = (token: string): string => `${INVITATION}#${encodeURIComponent(token)}`;

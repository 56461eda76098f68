export const NEW_CONVERSATION = "/";
export const LOGIN = "/login"; // where visitors are let in as well

export const conversationPath = (id: string): string => `/c/${encodeURIComponent(id)}`;

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

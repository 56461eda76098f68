import type {
  Bot,
  Conversation,
  ConversationList,
  ConversationSummary,
  ErrorBody,
  Feedback,
  Session,
  TurnRequest,
  TurnStart,
} from "./api-types";
import { connection } from "./connection";
import { text } from "./messages/text";

/** A request that did not succeed; `message` is fit to be shown. `status` 0: the server was not reached. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    message: string,
    readonly status: number,
    readonly code: string | null = null,
  ) {
    super(message);
  }
}

/** After this the server counts as not reached; every answer of the API is immediate, streams apart. */
const TIMEOUT_MS = 30_000;

// The token that writes of a login carry; see server/cookies.py.
let csrf: string | null = null;

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

async function request<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  try {
    return await once<T>(method, path, body, signal);
  } catch (error) {
    // Another tab logged in since: its token is asked for, once.
    if (!(error instanceof ApiError) || error.code !== "csrf_token") throw error;
    await api.session(signal);
    return once<T>(method, path, body, signal);
  }
}

async function once<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const headers: Record<string, string> = {};
  const init: RequestInit = { method, headers, signal: signal ? AbortSignal.any([signal, timeout]) : timeout };
  if (csrf !== null && method !== "GET") headers["X-CSRF-Token"] = csrf;
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    headers["Content-Type"] = "application/json";
  }
  let response: Response;
  try {
    response = await fetch(`/api${path}`, init);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    connection.report(false);
    throw new ApiError(text.errors.unreachable, 0);
  }
  connection.report(true);
  if (!response.ok) throw await errorOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function errorOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as Partial<ErrorBody> | null;
  const message = body?.error?.message || text.errors.status(response.status);
  return new ApiError(message, response.status, body?.error?.code ?? null);
}

async function keepToken(session: Promise<Session>): Promise<Session> {
  const found = await session;
  csrf = found.csrf;
  return found;
}

export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : text.errors.unexpected;
}

const at = encodeURIComponent;

export const api = {
  session: (signal?: AbortSignal) => keepToken(once<Session>("GET", "/session", undefined, signal)),
  login: (name: string, password: string) => request<Session>("POST", "/session", { name, password }),
  logout: () => request<undefined>("DELETE", "/session"),
  claim: (token: string, name: string, password: string) =>
    request<Session>("POST", "/owner", { token, name, password }),
  bot: (signal?: AbortSignal) => request<Bot>("GET", "/bot", undefined, signal),
  conversations: (search: string, signal?: AbortSignal) =>
    request<ConversationList>("GET", `/conversations${search ? `?search=${at(search)}` : ""}`, undefined, signal),
  createConversation: () => request<ConversationSummary>("POST", "/conversations", {}),
  conversation: (id: string, signal?: AbortSignal) =>
    request<Conversation>("GET", `/conversations/${at(id)}`, undefined, signal),
  renameConversation: (id: string, title: string) =>
    request<ConversationSummary>("PATCH", `/conversations/${at(id)}`, { title }),
  deleteConversation: (id: string) => request<undefined>("DELETE", `/conversations/${at(id)}`),
  startTurn: (id: string, turn: TurnRequest) => request<TurnStart>("POST", `/conversations/${at(id)}/turns`, turn),
  stopTurn: (turnId: string) => request<unknown>("POST", `/turns/${at(turnId)}/stop`),
  sendFeedback: (messageId: string, feedback: Feedback) =>
    request<Feedback>("PUT", `/messages/${at(messageId)}/feedback`, feedback),
};

export const turnEventsPath = (turnId: string) => `/api/turns/${at(turnId)}/events`;

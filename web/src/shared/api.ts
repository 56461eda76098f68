import type {
  Bot,
  Conversation,
  ConversationList,
  ConversationSummary,
  ErrorBody,
  Feedback,
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
  ) {
    super(message);
  }
}

/** After this the server counts as not reached; every answer of the API is immediate, streams apart. */
const TIMEOUT_MS = 30_000;

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

async function request<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const init: RequestInit = { method, signal: signal ? AbortSignal.any([signal, timeout]) : timeout };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { "Content-Type": "application/json" };
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
  if (!response.ok) throw new ApiError(await errorMessage(response), response.status);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function errorMessage(response: Response): Promise<string> {
  const body = (await response.json().catch(() => null)) as Partial<ErrorBody> | null;
  return body?.error?.message || text.errors.status(response.status);
}

export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : text.errors.unexpected;
}

const at = encodeURIComponent;

export const api = {
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

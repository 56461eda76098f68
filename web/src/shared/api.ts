import createClient from "openapi-fetch";
import type { ErrorBody, Feedback, Session, TurnRequest } from "./api-types";
import { connection } from "./connection";
import { text } from "./messages/text";
import type { paths } from "./schema";
import { listen } from "./told";

/** A request that did not succeed; `message` is fit to be shown. `status` 0: the server was not reached. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    message: string,
    readonly status: number,
    readonly code: string | null = null,
    /** Seconds after which it may be tried again, where the server said. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}

/** After this the server counts as not reached; every answer of the API is immediate, streams apart. */
const TIMEOUT_MS = 30_000;
/** A file is worked on before the answer: a table of 50,000 rows, on a small machine that is busy. */
const UPLOAD_MS = 300_000;
const FILE = "application/octet-stream";

// The token that writes of a login carry; see server/cookies.py.
let csrf: string | null = null;

/** Sends a request of the page with what all of them need; its answer may be an error still. */
async function reach(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  const patience = headers.get("content-type") === FILE ? UPLOAD_MS : TIMEOUT_MS;
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(patience)]);
  if (csrf !== null && request.method !== "GET") headers.set("X-CSRF-Token", csrf);
  try {
    const response = await fetch(new Request(request, { headers, signal }));
    connection.report(true);
    listen(new URL(request.url).pathname, response);
    return response;
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    connection.report(false);
    throw new ApiError(text.errors.unreachable, 0);
  }
}

/** What a write must carry that is not sent by `client`, such as a file with its progress. */
export const writeHeaders = (): Record<string, string> => (csrf === null ? {} : { "X-CSRF-Token": csrf });

async function send(request: Request): Promise<Response> {
  const spare = request.clone();
  const response = await reach(request);
  // Another tab logged in since: its token is asked for, once.
  if (response.status !== 403 || (await codeOf(response.clone())) !== "csrf_token") return response;
  await api.session();
  return reach(spare);
}

export const client = createClient<paths>({ baseUrl: window.location.origin, fetch: send });

/** The answer's data: `await call(client.GET("/api/bot", { signal }))`. Throws `ApiError`. */
export async function call<T>(asked: Promise<{ data?: T; response: Response; error?: unknown }>): Promise<T> {
  const { data, response, error } = await asked;
  if (!response.ok) throw errorOf(response, error);
  return data as T;
}

const bodyOf = (error: unknown): Partial<ErrorBody> => (typeof error === "object" && error !== null ? error : {});

async function codeOf(response: Response): Promise<string | null> {
  return bodyOf(await response.json().catch(() => null)).error?.code ?? null;
}

export function errorOf(response: Response, error: unknown): ApiError {
  const told = bodyOf(error).error;
  const after = Number(response.headers.get("retry-after"));
  return new ApiError(
    told?.message || text.errors.status(response.status),
    response.status,
    told?.code ?? null,
    Number.isFinite(after) && after > 0 ? after : null,
  );
}

async function keepToken(session: Promise<Session>): Promise<Session> {
  const found = await session;
  csrf = found.csrf;
  return found;
}

export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : text.errors.unexpected;
}

const of = (id: string) => ({ params: { path: { id } } });

/** What the chat asks. The console's pages ask with `client` themselves. */
export const api = {
  session: (signal?: AbortSignal) => keepToken(call(client.GET("/api/session", { signal: signal ?? null }))),
  login: (name: string, password: string) => call(client.POST("/api/session", { body: { name, password } })),
  logout: () => call(client.DELETE("/api/session")),
  claim: (token: string, name: string, password: string) =>
    call(client.POST("/api/owner", { body: { token, name, password } })),
  bot: (signal?: AbortSignal) => call(client.GET("/api/bot", { signal: signal ?? null })),
  bots: (signal?: AbortSignal) => call(client.GET("/api/console/bots", { signal: signal ?? null })),
  conversations: (search: string, signal?: AbortSignal) =>
    call(client.GET("/api/conversations", { params: { query: search ? { search } : {} }, signal: signal ?? null })),
  createConversation: (temporary = false) => call(client.POST("/api/conversations", { body: { temporary } })),
  conversation: (id: string, signal?: AbortSignal) =>
    call(client.GET("/api/conversations/{id}", { ...of(id), signal: signal ?? null })),
  renameConversation: (id: string, title: string) =>
    call(client.PATCH("/api/conversations/{id}", { ...of(id), body: { title } })),
  pinConversation: (id: string, pinned: boolean) =>
    call(client.PATCH("/api/conversations/{id}", { ...of(id), body: { pinned } })),
  /** `parting`: also when the page is just being left. */
  deleteConversation: (id: string, parting = false) =>
    call(client.DELETE("/api/conversations/{id}", { ...of(id), keepalive: parting })),
  startTurn: (id: string, turn: TurnRequest) =>
    call(client.POST("/api/conversations/{id}/turns", { ...of(id), body: { attachments: [], ...turn } })),
  readFile: (file: File, signal: AbortSignal) =>
    call(
      client.POST("/api/attachments", {
        params: { query: { name: file.name } },
        body: file as unknown as string, // a file's bytes, which the description calls a string
        bodySerializer: (body) => body,
        headers: { "Content-Type": "application/octet-stream" },
        signal,
      }),
    ),
  askForPerson: (id: string) => call(client.POST("/api/conversations/{id}/handover", of(id))),
  leaveHandover: (id: string) => call(client.DELETE("/api/conversations/{id}/handover", of(id))),
  suggestions: (id: string, after: string, signal: AbortSignal) =>
    call(client.GET("/api/conversations/{id}/suggestions", { params: { path: { id }, query: { after } }, signal })),
  stopTurn: (turn_id: string) => call(client.POST("/api/turns/{turn_id}/stop", { params: { path: { turn_id } } })),
  sendFeedback: (id: string, feedback: Feedback) =>
    call(client.PUT("/api/messages/{id}/feedback", { ...of(id), body: feedback })),
};

export const conversationEventsPath = (id: string) => `/api/conversations/${encodeURIComponent(id)}/events`;
export const turnEventsPath = (turnId: string) => `/api/turns/${encodeURIComponent(turnId)}/events`;

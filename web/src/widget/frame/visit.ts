// Whose frame this is, for the server. Browsers send no ordinary cookie from a frame on another site: the pass is in a
// partitioned cookie, which no script reads, or where the browser takes none, here: in memory and in the frame's own session
// storage, which the site cannot read either. Every request of this page carries a header that says which; see
// server/passes.py.
import { ApiError, call, client } from "../../shared/api";
import type { components } from "../../shared/schema";
import { forget, isString, recall, remember } from "../../shared/storage";
import type { Identity } from "../protocol";

export type Visit = components["schemas"]["WidgetSession"];

const HEADER = "X-Chatwright-Widget";
const IN_COOKIE = "cookie";
const STORED = "widget-pass";

const plain = window.fetch.bind(window);

let origin = "";
let identity: Identity | null = null;
let pass = recall("session", STORED, IN_COOKIE, isString);
let renewing: Promise<Visit> | null = null;

/** From here on every request to our server carries the pass. On the server's own pages nothing is needed. */
export function beginVisits(site: string): void {
  origin = site;
  if (site === window.location.origin) return;
  window.fetch = async (input, init) => {
    const request = new Request(input instanceof Request ? input : new URL(input, window.location.href), init);
    if (new URL(request.url).origin !== window.location.origin) return plain(request);
    const spare = request.clone();
    request.headers.set(HEADER, pass);
    const response = await plain(request);
    if (response.status !== 401 || request.url.endsWith("/session")) return response;
    // It ended while the page was open. Asked for once, however many requests were on their way.
    renewing ??= enter(identity).finally(() => (renewing = null));
    await renewing;
    spare.headers.set(HEADER, pass);
    return plain(spare);
  };
}

/** The server lets somebody in: who was here before, the site's user, or with `fresh` somebody new. */
export async function enter(who: Identity | null, fresh = false): Promise<Visit> {
  identity = who;
  if (who === null) pass = recall("session", STORED, IN_COOKIE, isString);
  let visit = await ask(who, pass !== IN_COOKIE, fresh);
  if (visit.token === null && origin !== window.location.origin) {
    pass = IN_COOKIE;
    if (!(await isKnown())) visit = await ask(who, true, fresh);
  }
  if (visit.token !== null) pass = visit.token;
  // A user of the site is let in by the site's login each time; the next one at this browser may be somebody else.
  if (who === null && visit.token !== null) remember("session", STORED, visit.token);
  return visit;
}

export function leave(): void {
  forget("session", STORED);
}

const ask = (who: Identity | null, memory: boolean, fresh: boolean): Promise<Visit> =>
  call(
    client.POST("/api/widget/session", {
      body: {
        origin,
        user: who?.user ?? null,
        signature: who?.signature ?? "",
        expires: who?.expires ?? null,
        memory,
        fresh,
      },
    }),
  );

/** Whether the browser took the cookie. */
async function isKnown(): Promise<boolean> {
  const response = await plain("/api/bot", { headers: { [HEADER]: IN_COOKIE } });
  return response.status !== 401;
}

export const isRefused = (error: unknown): boolean => error instanceof ApiError && error.status === 403;

// A file on its way to the server, with how far it is: fetch tells nothing of that, XMLHttpRequest does.
import { ApiError, api, errorOf, writeHeaders } from "./api";
import { text } from "./messages/text";

interface Sending {
  /** Path and search of the address it goes to. */
  path: string;
  body: Blob;
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** What the server answers, as JSON. Throws `ApiError`, and `AbortError` where it was stopped. */
export async function sendFile<T>(sending: Sending): Promise<T> {
  let answered = await once(sending);
  // Another tab logged in since: its token is asked for, once.
  if (answered.status === 403 && /"csrf_token"/.test(answered.body)) {
    await api.session();
    answered = await once(sending);
  }
  const { status, body, after } = answered;
  if (status >= 200 && status < 300) return JSON.parse(body) as T;
  const headers = new Headers(after ? { "retry-after": after } : {});
  throw errorOf(new Response(null, { status, headers }), parsed(body));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

interface Answered {
  status: number;
  body: string;
  after: string | null;
}

function once({ path, body, onProgress, signal }: Sending): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("content-type", "application/octet-stream");
    for (const [name, value] of Object.entries(writeHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.total ? event.loaded / event.total : 1);
    };
    request.onload = () =>
      resolve({ status: request.status, body: request.responseText, after: request.getResponseHeader("retry-after") });
    // A server that refuses what is too large closes the connection while the rest is still on its way.
    request.onerror = () => reject(new ApiError(text.errors.unreachable, 0));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}

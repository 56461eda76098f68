// Keeps the page's own files, so that it opens without a network and says so. It never keeps an answer of the server: no
// conversation, no list, nobody's data.
const CACHE = "chatwright-shell-1";
const SHELL = "/";
const FILES = /(?:src|href)="(\/(?:assets\/[\w.-]+|theme\.js|favicon\.svg))"/g;
/** Addresses of the page; all others under this server are none of its business. */
const PAGES = /^\/(?:$|c\/|console(?:\/|$)|temporary$|login$)/;

self.addEventListener("install", (event) => {
  event.waitUntil(
    fetch(SHELL, { cache: "no-store" })
      .then(keep)
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGES.test(url.pathname)) event.respondWith(page(event));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (url.pathname === "/theme.js" || url.pathname === "/favicon.svg") event.respondWith(file(request));
});

/** The network first: a new version is seen at once. */
async function page(event) {
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(keep(response.clone()));
    return response;
  } catch (error) {
    const kept = await caches.match(SHELL, { cacheName: CACHE });
    if (kept) return kept;
    throw error;
  }
}

/** Their names carry their content's hash: one that is kept is the right one. */
async function asset(request) {
  const kept = await caches.match(request, { cacheName: CACHE });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(CACHE);
    await cache.put(request, response.clone());
  }
  return response;
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { cacheName: CACHE });
    if (kept) return kept;
    throw error;
  }
}

/** Keeps the page with the files that it begins with; of another version nothing stays. */
async function keep(response) {
  if (!response.ok || !(response.headers.get("content-type") ?? "").includes("text/html")) return;
  const html = await response.clone().text();
  const cache = await caches.open(CACHE);
  const before = await cache.match(SHELL);
  const changed = before === undefined || (await before.text()) !== html;
  if (!changed) return;
  const files = [...html.matchAll(FILES)].map((found) => found[1]);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/assets/") && !files.includes(pathname)) await cache.delete(request);
  }
  await cache.addAll(files);
  await cache.put(SHELL, response);
}

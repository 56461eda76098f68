// Sites that include the widget, for its tests: a strict one that the bot lists, and one that it does not.
import type { Page, FrameLocator } from "@playwright/test";
import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import { BASE_URL } from "./console/owner";

/** As scripts/serve-example lists it. Another name than the server's: for browsers it is another site. */
export const LISTED = 4188;
export const UNLISTED = 4189;
export const SECRET = "a secret of the test site, 32 characters";

export const at = (port: number, path = "/"): string => `http://localhost:${port}${path}`;
export const signed = (user: string): string => createHmac("sha256", SECRET).update(user).digest("hex");

/** No inline script or style, no source but the server's script and frame, and no string becomes a script. */
const STRICT = [
  "default-src 'none'",
  `script-src ${BASE_URL}`,
  `frame-src ${BASE_URL}`,
  "style-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const page = (attributes: string, inside: string): string =>
  `<!doctype html><html lang="en"><head><title>A shop</title><link rel="stylesheet" href="/shop.css">
<meta name="viewport" content="width=device-width, initial-scale=1">
<script src="${BASE_URL}/widget.js" ${attributes} async></script></head>
<body><main><h1>A shop</h1><p><a href="/prices">Prices</a> <button id="help" type="button">Help</button></p>${inside}</main></body></html>`;

/**
 * Pages of a site. In the address, `attributes` are those of the script tag, and `loose` leaves the policy out. At /trap a
 * page of ours is framed by this site.
 */
export async function serveSite(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", at(port));
    if (url.pathname === "/shop.css") {
      response.writeHead(200, { "Content-Type": "text/css" });
      return response.end("button, iframe { all: unset; color: red } body { font-family: serif }");
    }
    if (url.pathname === "/favicon.ico") return response.writeHead(404).end();
    response.writeHead(200, {
      "Content-Type": "text/html",
      ...(url.searchParams.has("loose") ? {} : { "Content-Security-Policy": STRICT, "Referrer-Policy": "no-referrer" }),
    });
    const framed = url.searchParams.get("frame");
    const inside = framed ? `<iframe title="framed" width="900" height="700" src="${framed}"></iframe>` : "";
    return response.end(page(url.searchParams.get("attributes") ?? "", inside));
  });
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return server;
}

export const launcher = (page: Page) => page.locator("chatwright-widget button.launcher");
export const inside = (page: Page): FrameLocator => page.frameLocator("chatwright-widget iframe");
export const panel = (page: Page) => page.locator("chatwright-widget .panel");

/** What broke a policy, on the site or in the frame, and what broke at all. */
export function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (entry) => {
    if (/Content.Security.Policy|Trusted ?Type/i.test(entry.text())) problems.push(entry.text());
  });
  return problems;
}

/** Says yes or no to the question before the first message, and waits for the box. */
export async function agree(page: Page, answer: "I agree" | "No, thank you" = "I agree"): Promise<void> {
  await inside(page).getByRole("button", { name: answer }).click();
  await inside(page).getByLabel("Message", { exact: true }).waitFor();
}

export async function say(page: Page, text: string): Promise<void> {
  const box = inside(page).getByLabel("Message", { exact: true });
  await box.fill(text);
  await box.press("Enter");
}

// The widget on a site of its own, with a strict policy, in a browser that blocks other sites' cookies; and what hostile
// sites try. Against a real server: see scripts/serve-example.
import AxeBuilder from "@axe-core/playwright";
import { chromium, expect, test, type Page, type Route } from "@playwright/test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BASE_URL, needsServer } from "./console/owner";
import { agree, at, inside, launcher, LISTED, panel, say, serveSite, signed, UNLISTED, watch } from "./site";

needsServer();
test.setTimeout(180_000);
test.use({ permissions: [] });

let sites: Server[] = [];
test.beforeAll(async () => {
  sites = await Promise.all([serveSite(LISTED), serveSite(UNLISTED)]);
});
test.afterAll(() => {
  for (const site of sites) site.close();
});

/** As browsers do by default, or will: no cookie of another site, unless it is partitioned. */
async function blockCookies(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send(
    "Network.setCookieControls" as "Network.enable",
    {
      enableThirdPartyCookieRestriction: true,
      disableThirdPartyCookieMetadata: true,
      disableThirdPartyCookieHeuristics: true,
    } as object,
  );
}

async function visit(page: Page, path = "/", port = LISTED): Promise<string[]> {
  const problems = watch(page);
  await blockCookies(page);
  await page.goto(at(port, path));
  return problems;
}

/** What scripts of a page find in its storage; run in the page. */
const storage = (): string => {
  try {
    return JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]);
  } catch {
    return "denied";
  }
};

/** The server's answer as a browser takes it that refuses all cookies. */
async function withoutCookies(route: Route): Promise<void> {
  const response = await route.fetch();
  await route.request().frame().page().context().clearCookies(); // of which the fetch has made some
  const headers = response.headers();
  delete headers["set-cookie"];
  await route.fulfill({ response, headers });
}

const attributes = (text: string): string => `?attributes=${encodeURIComponent(text)}`;
const answer = (page: Page) => inside(page).locator("article.from-assistant").last();
const ended = (page: Page) => expect(answer(page)).toHaveAttribute("aria-busy", "false", { timeout: 120_000 });

test("the script is small", async ({ request }) => {
  const code = await (await request.get("/widget.js")).body();
  expect(code.length).toBeLessThanOrEqual(10_000);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThan(5_120);
});

test("asks, answers, keeps the conversation over a reload, and never breaks the site's policy", async ({ page }) => {
  const problems = await visit(page);
  await launcher(page).focus();
  await page.keyboard.press("Enter");
  await expect(inside(page).getByRole("heading", { name: "One question first" })).toBeVisible();
  await agree(page);
  await say(page, "When are you open on Saturday?");
  await ended(page);
  const text = await answer(page).locator(".prose").innerText();
  expect(text).not.toBe("");

  const frame = page.frames().find((each) => each.url().includes("/widget#"));
  expect(frame?.url()).not.toContain("token");
  // The browser does block what it should, and no script can read the pass.
  expect(await frame?.evaluate(() => ((document.cookie = "x=1; SameSite=None; Secure"), document.cookie))).toBe("");
  expect(await page.context().cookies(BASE_URL)).toEqual([
    expect.objectContaining({ name: "chatwright_widget", httpOnly: true, secure: true, sameSite: "None" }),
  ]);
  expect(await frame?.evaluate(storage)).not.toContain("pass");

  await page.reload();
  await expect(answer(page).locator(".prose")).toHaveText(text, { useInnerText: true });
  expect(problems).toEqual([]);
});

test("a browser that takes no cookie keeps the visitor in the frame's own storage", async ({ launchOptions }) => {
  // A profile that allows frames their storage, each site its own part: as Firefox and Safari have it, and Chromium on request.
  const profile = mkdtempSync(join(tmpdir(), "widget-"));
  mkdirSync(join(profile, "Default"));
  writeFileSync(join(profile, "Default", "Preferences"), '{"profile":{"cookie_controls_mode":0}}');
  const context = await chromium.launchPersistentContext(profile, launchOptions);
  const page = await context.newPage();
  await page.route("**/api/widget/session", withoutCookies);
  const problems = watch(page);
  await page.goto(at(LISTED));
  await launcher(page).click();
  await agree(page);
  await say(page, "How do I get a library card?");
  await ended(page);
  await page.reload();
  await expect(inside(page).locator("article.from-user")).toContainText("library card");
  expect(await context.cookies(BASE_URL)).toEqual([]);
  const frame = page.frames().find((each) => each.url().includes("/widget#"));
  expect(await frame?.evaluate(storage)).toContain("widget-pass");
  // Not even the site that shows it can read where it is kept.
  expect(await page.evaluate(storage)).not.toMatch(/pass|token/i);
  const document = page.locator("chatwright-widget iframe");
  expect(await document.evaluate((element) => (element as HTMLIFrameElement).contentDocument)).toBeNull();
  expect(problems).toEqual([]);
  await context.close();
  rmSync(profile, { recursive: true, force: true });
});

test("a browser that keeps nothing at all lets one chat, until the page is left", async ({ page }) => {
  await page.route("**/api/widget/session", withoutCookies);
  const problems = await visit(page);
  await launcher(page).click();
  await agree(page);
  await say(page, "How do I get a library card?");
  await ended(page);
  await say(page, "And for children?");
  await expect(inside(page).locator("article.from-assistant")).toHaveCount(2);
  await ended(page);
  await page.reload();
  await expect(inside(page).getByRole("heading", { name: "One question first" })).toBeVisible();
  expect(problems).toEqual([]);
});

test("the keyboard goes in, Escape comes out, and focus returns to where it was", async ({ page }) => {
  await visit(page);
  await page.locator("#help").focus();
  await page.evaluate(() => window.chatwright?.open());
  await agree(page, "No, thank you");
  await expect(inside(page).getByLabel("Message", { exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toBeHidden();
  await expect(page.locator("#help")).toBeFocused();
  await launcher(page).focus();
  await page.keyboard.press("Space");
  await expect(inside(page).getByLabel("Message", { exact: true })).toBeFocused();
  await expect(launcher(page)).toHaveAttribute("aria-expanded", "true");
  await inside(page).getByRole("button", { name: "Close the chat" }).click();
  await expect(launcher(page)).toBeFocused();
  await expect(launcher(page)).toHaveAttribute("aria-expanded", "false");
});

test("tells the site what happens, and nothing of what is said", async ({ page }) => {
  await visit(page);
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    for (const name of ["ready", "open", "close", "message", "unread", "handover"] as const) {
      addEventListener(`chatwright:${name}`, (event) =>
        told.push(`${name} ${JSON.stringify((event as CustomEvent).detail)}`),
      );
    }
  });
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
  await launcher(page).click();
  await agree(page);
  await say(page, "A secret word: xylophone. When are you open?");
  await expect(inside(page).locator("article.from-user")).toBeVisible();
  await page.evaluate(() => window.chatwright?.close());
  await expect
    .poll(async () => (await told()).filter((each) => each.startsWith("unread")).at(-1), { timeout: 120_000 })
    .toBe('unread {"count":1}');
  await expect(launcher(page)).toHaveAccessibleName(/unread: 1/);
  await page.evaluate(() => window.chatwright?.toggle());
  await expect.poll(async () => (await told()).at(-1)).toBe('unread {"count":0}');
  const all = await told();
  expect(all.filter((each) => each.startsWith("message")).map((each) => /"role":"(\w+)"/.exec(each)?.[1])).toEqual([
    "user",
    "assistant",
  ]);
  expect(all.join()).not.toMatch(/xylophone|content/);
  expect(all.slice(0, 1)).toEqual(["open null"]);
  await say(page, "I want to talk to a person.");
  await ended(page);
  expect(await page.evaluate(() => Object.keys(window.chatwright ?? {}).sort())).toEqual([
    "close",
    "identify",
    "on",
    "open",
    "toggle",
  ]);
});

test("a site that is not listed gets no frame, no pass, and a word of what is wrong", async ({ page, request }) => {
  await visit(page, "/?loose", UNLISTED);
  await launcher(page).click();
  await expect(page.locator("chatwright-widget [role=alert]")).toContainText("could not be loaded", {
    timeout: 30_000,
  });
  expect(page.frames().some((each) => each.url().startsWith(BASE_URL))).toBe(false);
  // Its own requests: the browser lets it read nothing, and the server answers 403.
  const read = await page.evaluate(async (server) => {
    const ask = (path: string, init: RequestInit) =>
      fetch(server + path, init).then(
        () => "read",
        () => "refused",
      );
    return Promise.all([
      ask("/api/bot", { credentials: "include" }),
      ask("/api/conversations", { credentials: "include", headers: { "X-Chatwright-Widget": "cookie" } }),
      ask("/api/widget/session", { method: "POST", credentials: "include", body: "{}" }),
    ]);
  }, BASE_URL);
  expect(read).toEqual(["refused", "refused", "refused"]);
  const origin = at(UNLISTED).slice(0, -1);
  const data = { origin, memory: true };
  for (const headers of [
    { origin, "sec-fetch-site": "cross-site" },
    { origin: BASE_URL, "sec-fetch-site": "same-origin" },
  ]) {
    expect((await request.post("/api/widget/session", { data, headers })).status()).toBe(403);
  }
  expect((await request.get("/widget", { headers: { referer: `${origin}/` } })).status()).toBe(403);
});

test("no other page can be framed, nor a listed site within one that is not", async ({ page }) => {
  const blocked = async (address: string): Promise<void> => {
    await page.goto(at(UNLISTED, `/?loose&frame=${encodeURIComponent(address)}`));
    await page.waitForTimeout(1500);
  };
  for (const path of ["/", "/widget", "/widget/preview", "/widget/demo", "/console/overview", "/login"]) {
    await blocked(BASE_URL + path);
    expect(
      page.frames().filter((each) => each.url().startsWith(BASE_URL)),
      path,
    ).toEqual([]);
  }
  await blocked(at(LISTED));
  const site = page.frameLocator("iframe[title=framed]");
  await site.locator("chatwright-widget button.launcher").click();
  await expect(site.locator("chatwright-widget [role=alert]")).toContainText("could not be loaded", {
    timeout: 30_000,
  });
});

test("messages that only look like ours change nothing", async ({ page }) => {
  await visit(page, `/?loose&frame=${encodeURIComponent(at(UNLISTED, "/?loose"))}`);
  await launcher(page).click();
  await agree(page);
  const other = page.frames().find((each) => each.url().startsWith(at(UNLISTED)));
  const mark = "chatwright-widget";
  // A stranger's frame speaks to the site's script, and to ours.
  await other?.evaluate((mark) => {
    for (const kind of ["close", "ready", "handover"]) parent.postMessage({ mark, kind }, "*");
    parent.postMessage({ mark, kind: "unread", count: 5 }, "*");
    for (let i = 0; i < parent.frames.length; i++) {
      parent.frames[i]?.postMessage({ mark, kind: "identify", identity: { user: "1", signature: "x" } }, "*");
      parent.frames[i]?.postMessage({ mark, kind: "shown", open: false }, "*");
    }
  }, mark);
  // The site itself sends nonsense.
  await page.evaluate((mark) => {
    window.postMessage({ mark, kind: "close" }, "*");
    for (let i = 0; i < frames.length; i++) {
      for (const data of [
        null,
        1,
        "x",
        { mark },
        { mark, kind: "identify", identity: { user: 7 } },
        { mark, kind: "shown" },
        { mark, kind: "eval", code: "1" },
      ]) {
        frames[i]?.postMessage(data, "*");
      }
    }
  }, mark);
  await page.waitForTimeout(500);
  await expect(panel(page)).toBeVisible();
  await say(page, "Are you still there?");
  await ended(page);
});

test("a user of the site is the same person in another browser, and nobody can say so of themselves", async ({
  browser,
}) => {
  const user = `user ${Date.now()}`;
  for (const turn of ["asks", "finds"] as const) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await visit(page);
    const identity = { user, signature: signed(user) };
    await page.evaluate((who) => window.chatwright?.identify(who), identity);
    await launcher(page).click();
    if (turn === "asks") {
      await agree(page);
      await say(page, "Is there parking?");
      await ended(page);
      // Who logs out on the site is not the same any more.
      await page.evaluate(() => window.chatwright?.identify(null));
      await expect(inside(page).getByRole("heading", { name: "One question first" })).toBeVisible();
    } else {
      await expect(inside(page).locator("article.from-user")).toContainText("parking");
      await page.evaluate((who) => window.chatwright?.identify(who), {
        user: "somebody else",
        signature: identity.signature,
      });
      await expect(inside(page).getByRole("alert")).toContainText("not valid");
    }
    await context.close();
  }
});

test("the invitation comes on its page, and never again once it was closed", async ({ page }) => {
  const invited = page.locator("chatwright-widget .invitation");
  await visit(page);
  await page.waitForTimeout(3500);
  await expect(invited).toHaveCount(0);
  await page.goto(at(LISTED, "/prices"));
  await expect(invited).toContainText("Ask me", { timeout: 8_000 });
  await page.screenshot({ path: "test-results/pages/widget-invitation.png" });
  await invited.getByRole("button", { name: "Dismiss" }).click();
  await expect(launcher(page)).toBeFocused();
  await page.goto(at(LISTED, "/prices"));
  await page.waitForTimeout(3500);
  await expect(invited).toHaveCount(0);
});

test("everything said can be deleted from within", async ({ page }) => {
  await visit(page);
  await launcher(page).click();
  await agree(page);
  await say(page, "Do you lend umbrellas?");
  await ended(page);
  await inside(page).getByRole("button", { name: "Delete what I said" }).click();
  await inside(page).getByRole("button", { name: "Delete everything" }).click();
  await expect(inside(page).locator("article")).toHaveCount(0);
  await page.reload();
  await inside(page).getByRole("heading", { name: "One question first" }).waitFor();
  await expect(inside(page).locator("article")).toHaveCount(0);
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing on the site and in the frame, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: 1200, height: 800 });
    await visit(page, attributes(`data-theme=${theme} data-label=Help`));
    const look = async (state: string): Promise<void> => {
      const found = await new AxeBuilder({ page }).exclude("a, #help").analyze();
      expect(
        found.violations.map((each) => `${state}: ${each.id}: ${each.nodes.map((node) => node.target).join()}`),
      ).toEqual([]);
      await page.screenshot({ path: `test-results/pages/widget-${state}-${theme}.png` });
    };
    await look("closed");
    await launcher(page).click();
    await inside(page).getByRole("heading", { name: "One question first" }).waitFor();
    await look("consent");
    await agree(page);
    await look("greeting");
    await say(page, "When are you open on Saturday?");
    await ended(page);
    await look("answer");
  });
}

test("on a phone it fills the page, and what is behind cannot be reached", async ({ page }) => {
  await page.setViewportSize({ width: 380, height: 720 });
  await visit(page);
  await launcher(page).click();
  await agree(page);
  const box = await panel(page).boundingBox();
  expect(box).toEqual({ x: 0, y: 0, width: 380, height: 720 });
  await expect(page.locator("main")).toHaveAttribute("inert", "");
  await page.screenshot({ path: "test-results/pages/widget-phone.png" });
  await inside(page).getByRole("button", { name: "Close the chat" }).click();
  await expect(page.locator("main")).not.toHaveAttribute("inert", "");
  await expect(launcher(page)).toBeVisible();
});

test("from right to left the button is on the left, with its words in that language", async ({ page }) => {
  await visit(page, attributes("data-language=ar"));
  await expect(launcher(page)).toHaveAccessibleName("افتح المحادثة");
  const box = await launcher(page).boundingBox();
  expect(box?.x).toBeLessThan(100);
  await launcher(page).click();
  await expect(inside(page).locator("html")).toHaveAttribute("dir", "rtl");
  await inside(page).getByRole("heading").first().waitFor();
  await page.screenshot({ path: "test-results/pages/widget-rtl.png" });
});

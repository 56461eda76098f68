// What people do with their own conversations beside talking.
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { answers, ask, askAndWait, composer, ended, lastAnswer, open, questions } from "./page";

test.setTimeout(120_000); // axe takes its time on a busy machine

const attach = (page: Page, name: string, text: string) =>
  page
    .getByLabel("Attach a file")
    .last()
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
const menuOf = async (page: Page, title: string, item: string): Promise<void> => {
  await page.getByRole("button", { name: `More for “${title}”` }).click();
  await page.getByRole("menuitem", { name: item }).click();
};
const act = (page: Page, action: string) => page.request.get(`/__test/${action}`);

async function noViolations(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const found = await new AxeBuilder({ page }).analyze();
    expect(found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(", ")}`)).toEqual(
      [],
    );
  }
}

const look = (page: Page, name: string) => page.screenshot({ path: `test-results/pages/chat-${name}.png` });

test("a file goes with a message, and what it says can be read again", async ({ page }) => {
  await open(page);
  await attach(page, "hours.txt", "We open at ten.");
  await expect(page.locator(".chips.adding")).toContainText("hours.txt");
  await look(page, "attached");
  await ask(page, "What does it say?");
  await expect(page.locator(".chips.adding")).toHaveCount(0);
  await ended(page);
  await questions(page).last().getByRole("button", { name: "Show what hours.txt says" }).click();
  await expect(page.getByRole("dialog")).toContainText("We open at ten.");
  await expect(page.getByRole("dialog")).toContainText("does not follow instructions");
  await noViolations(page);
});

test("what is too long, or no text, is said at once and nothing is attached", async ({ page }) => {
  await open(page);
  await attach(page, "long.txt", "word ".repeat(800));
  await expect(page.getByRole("alert")).toContainText("1,000 tokens, and there is room for 500");
  await expect(page.locator(".chips.adding")).toHaveCount(0);
  await attach(page, "a.bin", "x");
  await expect(page.getByRole("alert")).toContainText("cannot be read");
  await page.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a question that lies near is offered and can be asked", async ({ page }) => {
  await open(page);
  await askAndWait(page, "How do I get a card?");
  const next = page.getByRole("button", { name: "How long may I keep a book?" });
  await expect(next).toBeVisible();
  await look(page, "next");
  await next.click();
  await expect(questions(page).last()).toContainText("How long may I keep a book?");
});

test("a search finds words in messages and goes to the place", async ({ page }) => {
  await open(page);
  for (let n = 0; n < 8; n++) await askAndWait(page, n === 1 ? "the heron on the roof" : `question ${n} with a card`);
  await page.getByRole("link", { name: "New conversation" }).click();
  await page.getByLabel("Search conversations").fill("heron");
  await expect(page.locator(".snippet mark")).toHaveText("heron");
  await look(page, "search");
  await page.locator(".conversation a").first().click();
  await expect(questions(page).filter({ hasText: "heron" })).toBeInViewport();
});

test("a conversation is pinned, saved and brought back", async ({ page }) => {
  await open(page);
  await askAndWait(page, "To be kept");
  await menuOf(page, "To be kept", "Pin to the top");
  await expect(page.getByRole("heading", { name: "Pinned" })).toBeVisible();
  const saving = page.waitForEvent("download");
  await menuOf(page, "To be kept", "Save as JSON");
  const file = await saving;
  expect(file.suggestedFilename()).toBe("To be kept.json");
  const content = readFileSync(await file.path());
  await page.getByRole("button", { name: "Your data and privacy" }).click();
  await noViolations(page);
  await look(page, "your-data");
  const input = page.getByRole("dialog").locator("input[type=file]");
  await input.setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await expect(page.getByRole("alert")).toContainText("not a conversation");
  await input.setInputFiles({ name: "x.json", mimeType: "application/json", buffer: content });
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText("This conversation was imported from a file.")).toBeVisible();
  await expect(questions(page)).toContainText("To be kept");
});

test("a link is made, read by somebody else, and revoked", async ({ page, browser }) => {
  await open(page);
  await askAndWait(page, "Shared question about a card");
  await menuOf(page, "Shared question about a card", "Share a link…");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("personal details");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const address = await dialog.getByLabel("The link, shown this once").inputValue();
  await look(page, "share");
  await noViolations(page);
  const other = await browser.newContext();
  const reader = await other.newPage();
  await reader.goto(address);
  await expect(reader.getByText("Shared question about a card").last()).toBeVisible();
  await expect(reader.getByText("You get a card at the desk")).toBeVisible();
  await expect(reader.getByText("Ada is an automated assistant.")).toBeVisible();
  expect((await other.cookies()).length).toBe(0);
  await noViolations(reader);
  await look(reader, "shared");
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(dialog.getByText("Links that work")).toHaveCount(0);
  await reader.reload();
  await expect(reader.getByRole("alert")).toContainText("This link does not work");
  await other.close();
});

test("a temporary chat is in no list and gone when it is left", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Temporary chat" }).click();
  await expect(page.getByText("gone when you leave")).toBeVisible();
  await look(page, "temporary");
  await askAndWait(page, "Nobody shall know");
  await expect(page.getByRole("link", { name: "Nobody shall know" })).toHaveCount(0);
  const address = page.url();
  await page.getByRole("link", { name: "New conversation" }).click();
  await expect(page.getByRole("heading", { name: /Good to see you/ })).toBeVisible();
  await page.goto(address);
  await expect(page.getByRole("alert")).toContainText("does not exist");
});

test("a person takes over, answers and hands back, without a reload", async ({ page }) => {
  await open(page);
  await askAndWait(page, "I need somebody");
  await page.getByRole("button", { name: "Ask for a person" }).click();
  await expect(page.locator(".handover")).toContainText("was asked to come");
  await act(page, "person-comes");
  await expect(page.locator(".handover")).toContainText("Rita has taken over and answers you now.");
  await composer(page).fill("Are you there?");
  await composer(page).press("Enter");
  await expect(questions(page).last()).toContainText("Are you there?");
  await expect(answers(page)).toHaveCount(1);
  await act(page, "person-says");
  await expect(lastAnswer(page)).toContainText("I look it up for you.");
  await expect(lastAnswer(page)).toContainText("Rita, a person of the team");
  await expect(lastAnswer(page).getByRole("button", { name: "Answer again" })).toHaveCount(0);
  await expect(page.getByText("Ada is an automated assistant.")).toBeVisible();
  await look(page, "person");
  await noViolations(page);
  await act(page, "person-leaves");
  await expect(page.locator(".handover")).toHaveCount(0);
  await askAndWait(page, "And now?");
});

test("two tabs agree", async ({ page, context }) => {
  await open(page);
  await askAndWait(page, "First tab");
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(questions(second)).toHaveCount(1);
  await askAndWait(second, "From the second tab");
  await expect(questions(page)).toHaveCount(2);
  await expect(lastAnswer(page)).toContainText("You asked: From the second tab.");
});

test("a message that is written offline is sent once when the server is back", async ({ page, context }) => {
  await open(page);
  await askAndWait(page, "Before");
  await context.setOffline(true);
  await composer(page).fill("Written offline");
  await composer(page).press("Enter");
  await expect(page.getByText("This is sent as soon as it is back.")).toBeVisible();
  await look(page, "offline");
  await context.setOffline(false);
  await expect(lastAnswer(page)).toContainText("You asked: Written offline.", { timeout: 15_000 });
  await ended(page);
  await page.reload();
  await expect(questions(page).filter({ hasText: "Written offline" })).toHaveCount(1);
});

test("a message whose acknowledgement was lost is not sent twice", async ({ page }) => {
  await open(page);
  await askAndWait(page, "Before");
  await page.route(
    "**/turns",
    async (route) => {
      await route.fetch(); // the server takes it
      await route.abort("connectionreset"); // and nobody hears of it
    },
    { times: 1 },
  );
  await ask(page, "Only once");
  await expect(lastAnswer(page)).toContainText("You asked: Only once.", { timeout: 15_000 });
  await expect(questions(page)).toHaveCount(2);
  await page.reload();
  await expect(questions(page)).toHaveCount(2);
});

test("consent is asked once, and can be changed", async ({ page }) => {
  await act(page, "consent");
  try {
    await open(page);
    const banner = page.getByRole("region", { name: /help to improve/ });
    await expect(banner).toContainText("We would like to learn");
    await look(page, "consent");
    await noViolations(page);
    await banner.getByRole("button", { name: "Yes" }).click();
    await expect(banner).toHaveCount(0);
    await page.getByRole("button", { name: "Your data and privacy" }).click();
    await expect(page.getByText("You agreed on")).toBeVisible();
    await page.getByRole("button", { name: "Withdraw" }).click();
    await expect(page.getByText("You did not agree")).toBeVisible();
  } finally {
    await act(page, "consent");
  }
});

test("an invited tester sees the tasks and ticks them off", async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: "testing", value: "1", url: baseURL ?? "" }]);
  await open(page);
  await page.getByText("You are testing a new version").click();
  await page.getByLabel("Ask for the opening hours").check();
  await expect(page.getByText("1 of 2 done")).toBeVisible();
  await page.getByLabel("Your note on").fill("Went well");
  await look(page, "tester");
  await noViolations(page);
});

test("high contrast is a choice, and stays", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Appearance/ }).click();
  await page.getByRole("menuitemcheckbox", { name: "High contrast" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-contrast", "more");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-contrast", "more");
  await noViolations(page);
  await look(page, "contrast");
});

test("the page opens without a network, says so, and keeps nobody's words", async ({ page, context }) => {
  await open(page);
  await askAndWait(page, "Something private");
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 15_000 });
  await page.reload();
  await ended(page);
  const kept = await page.evaluate(async () => {
    const paths: string[] = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
    }
    return paths;
  });
  expect(kept).toContain("/");
  expect(kept.filter((path) => !/^\/(assets\/.*|theme\.js|favicon\.svg)?$/.test(path))).toEqual([]);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("The server cannot be reached");
  await look(page, "shell");
  await context.setOffline(false);
  await expect(composer(page)).toBeVisible({ timeout: 15_000 });
});

test("right to left, from phone to wide", async ({ page }) => {
  await open(page);
  await askAndWait(page, "متى تفتحون يوم السبت؟");
  await expect(questions(page).locator(".bubble")).toHaveCSS("direction", "rtl");
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  for (const width of [380, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over).toBeLessThanOrEqual(0);
    await look(page, `rtl-${width}`);
  }
});

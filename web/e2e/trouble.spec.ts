// What goes wrong around a chat: each has a clear state and a way on, nothing is lost, and the page is never blank.
import { expect, test } from "@playwright/test";
import { largeConversation } from "./large.mjs";
import { answers, ask, askAndWait, composer, ended, lastAnswer, open, questions } from "./page";

const SLOW = Array.from({ length: 80 }, (_, i) => `w${i + 1}`).join(" ");

test.afterEach(async ({ request }) => {
  await request.post("/__test/reset");
});

test("a login that ends in mid-stream: log in over the page, and the answer goes on without a lost word", async ({
  page,
  request,
}) => {
  await request.post("/__test/account");
  await open(page);
  await ask(page, "slow please");
  await expect(lastAnswer(page)).toContainText("w5");
  await composer(page).fill("a draft");
  await request.post("/__test/expire");
  const dialog = page.getByRole("dialog", { name: "Log in again" });
  await expect(dialog).toBeVisible();
  await expect(page.locator(".from-assistant")).toContainText("w5"); // the page is still there
  await dialog.getByLabel("Name").fill("anna");
  await dialog.getByLabel("Password").fill("wrong");
  await dialog.getByRole("button", { name: "Log in" }).click();
  await expect(dialog.getByRole("alert")).toContainText("That does not fit.");
  await dialog.getByLabel("Password").fill("correct horse");
  await dialog.getByRole("button", { name: "Log in" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await ended(page)).toBe(SLOW);
  await expect(composer(page)).toHaveValue("a draft");
});

test("a login that has ended before a question: it stays, and can be sent after logging in", async ({
  page,
  request,
}) => {
  await request.post("/__test/account");
  await open(page);
  await request.post("/__test/expire");
  await composer(page).fill("Hello there");
  await composer(page).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Log in again" });
  await dialog.getByLabel("Name").fill("anna");
  await dialog.getByLabel("Password").fill("correct horse");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
  expect(await ended(page)).toContain("Hello there");
});

test("too many questions: says so, counts down, and sends then", async ({ page, request }) => {
  await open(page);
  await request.post("/__test/limit");
  await ask(page, "Hello there");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Too many questions at once.");
  const again = alert.getByRole("button", { name: /^Try again/ });
  await expect(again).toHaveText(/Try again in \d s/);
  await expect(again).toHaveAttribute("aria-disabled", "true");
  await again.dispatchEvent("click"); // a click of Playwright's own would wait
  await expect(again).toHaveText(/Try again in \d s/); // not before its time
  await expect(again).toHaveText("Try again", { timeout: 10_000 });
  await again.click();
  expect(await ended(page)).toContain("Hello there");
});

test("damaged events in a stream change nothing in the answer", async ({ page, request }) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await open(page);
  await ask(page, "slow please");
  for (const word of ["w4", "w12", "w30"]) {
    await expect(lastAnswer(page)).toContainText(word);
    await request.post("/__test/garble");
  }
  await expect(lastAnswer(page)).toContainText("w40");
  await expect(lastAnswer(page)).not.toContainText("WRONG");
  expect(await ended(page)).toBe(SLOW);
  expect(errors).toEqual([]);
});

test("characters that arrive in halves are whole", async ({ page }) => {
  await open(page);
  await ask(page, "emoji please");
  await expect(lastAnswer(page)).toContainText("👋🏽 Grüße, 你好.");
  expect(await ended(page)).toBe(Array(60).fill("👋🏽 Grüße, 你好.").join(" "));
  await expect(page.getByText("\uFFFD")).toHaveCount(0);
});

test("ten seconds without a network in mid-stream lose nothing", async ({ page, context, request }) => {
  await open(page);
  await ask(page, "slow please");
  await expect(lastAnswer(page)).toContainText("w5");
  await composer(page).fill("written meanwhile");
  await context.setOffline(true);
  await request.post("/__test/drop");
  await expect(page.getByText("No connection to the server.")).toBeVisible();
  await page.waitForTimeout(10_000);
  await expect(lastAnswer(page)).toContainText("w5");
  await context.setOffline(false);
  expect(await ended(page)).toBe(SLOW);
  await expect(page.getByText("No connection to the server.")).toHaveCount(0);
  await expect(composer(page)).toHaveValue("written meanwhile");
});

test("a server that is gone when the page opens: says so, and goes on by itself when it is back", async ({ page }) => {
  await page.route("**/api/**", (route) => route.abort());
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("cannot be reached", { timeout: 15_000 });
  await page.unroute("**/api/**");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(composer(page)).toBeVisible();
});

test("a message that is too long is kept, and the limit is said before it is sent", async ({ page }) => {
  test.setTimeout(90_000);
  await open(page);
  await page.evaluate(() => navigator.clipboard.writeText("word ".repeat(200_000)));
  await composer(page).focus();
  await page.keyboard.press("Control+V");
  await expect(page.getByRole("alert")).toContainText("200000 can be sent at once");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await page.keyboard.press("Enter");
  await expect(questions(page)).toHaveCount(0);
  expect((await composer(page).inputValue()).length).toBe(1_000_000);
  await composer(page).fill(`short ${"🙂".repeat(50)}`);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("100,000 lines of code: the beginning is shown, all of it on request, and the page reacts", async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await ask(page, "much code");
  await ended(page, 40_000);
  const answer = lastAnswer(page);
  await expect(answer.locator("p", { hasText: "That is all." })).toBeVisible();
  expect((await answer.locator("pre").innerText()).split("\n").length).toBeLessThan(400);
  await answer.getByRole("button", { name: "Show all 100000 lines" }).click();
  await expect(answer.locator(".code-chunk").last()).toContainText("value[99999] = compute(99999)", {
    timeout: 30_000,
  });
  await composer(page).fill("still here");
  await expect(composer(page)).toHaveValue("still here");
  await page.reload();
  await expect(answer.getByRole("button", { name: "Show all 100000 lines" })).toBeVisible({ timeout: 20_000 });
});

test("a table of 10,000 rows is shown in part, and whole on request", async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await ask(page, "large table");
  await ended(page, 40_000);
  await expect(lastAnswer(page).locator("tbody tr")).toHaveCount(200);
  await lastAnswer(page).getByRole("button", { name: "Show all 10000 rows" }).click();
  await expect(lastAnswer(page).locator("tbody tr")).toHaveCount(10_000, { timeout: 20_000 });
});

test("thousands of quotes and lists within each other are shown, none of them deep", async ({ page }) => {
  await open(page);
  await ask(page, "nested please");
  await ended(page, 60_000);
  await expect(lastAnswer(page)).toContainText("The end.", { timeout: 20_000 });
  expect(await lastAnswer(page).locator("blockquote blockquote").count()).toBeLessThan(20);
});

test("a clock that is wrong here does not sort conversations of now under another day", async ({ page, request }) => {
  await request.post("/__test/ahead"); // the server's is a day and a quarter ahead: by the clock here, all is in the future
  await open(page);
  await askAndWait(page, "Hello there");
  await page.clock.setFixedTime(new Date(Date.now() - 3 * 86_400_000)); // and now three days more
  await page.reload();
  await expect(page.getByRole("navigation").getByRole("heading")).toHaveText(["Today"]);
});

test("with its storage blocked the page chats all the same", async ({ page }) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
  });
  await open(page);
  await composer(page).fill("a draft");
  await askAndWait(page, "Hello there");
  await page.getByRole("button", { name: "Hide conversations" }).click();
  await lastAnswer(page).getByRole("button", { name: "Answer again" }).click();
  await ended(page);
  await lastAnswer(page).getByRole("button", { name: "Previous version" }).click();
  await page.reload();
  await expect(lastAnswer(page)).toContainText("Hello there");
  expect(errors).toEqual([]);
});

test("a message that cannot be drawn leaves its words, and all others as they are", async ({ page }) => {
  const conversation = largeConversation(6);
  const broken = { ...conversation.messages[3], content: "the broken one", sources: null, left_out: "x" };
  const messages = conversation.messages.map((each, i) => (i === 3 ? broken : each));
  await page.route("**/api/conversations/big", (route) => route.fulfill({ json: { ...conversation, messages } }));
  await page.goto("/c/big");
  await expect(page.getByText("This message could not be shown")).toBeVisible();
  await expect(page.getByText("the broken one")).toBeVisible();
  await expect(page.locator("article")).toHaveCount(6);
  await expect(composer(page)).toBeVisible();
});

test("answers of the server that make no sense are said to be so, and the page stays", async ({ page }) => {
  await page.route("**/api/conversations/odd", (route) => route.fulfill({ body: "<html>not json", status: 200 }));
  await page.goto("/c/odd");
  await expect(page.getByRole("alert")).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole("navigation")).toBeVisible();
  await page.route("**/api/conversations/null", (route) => route.fulfill({ json: { id: "null", messages: null } }));
  await page.goto("/c/null");
  await expect(page.getByRole("navigation")).toBeVisible();
});

test("a conversation of 1,000 messages: the end at once, the rest by itself, and words in all of it are found", async ({
  page,
}) => {
  const conversation = largeConversation(1_000);
  await page.route("**/api/conversations/big", (route) => route.fulfill({ json: conversation }));
  await page.goto("/c/big");
  await expect(lastAnswer(page)).toBeInViewport();
  const log = page.getByRole("log");
  const fromEnd = () => log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
  await expect(page.locator("article")).toHaveCount(1_000, { timeout: 30_000 });
  expect(await fromEnd()).toBeLessThan(72);
  // Read in the middle: nothing moves, and the words stay where they are.
  await page.evaluate(() => (window as unknown as { find: (what: string) => boolean }).find("number **400** of"));
  const place = questions(page).nth(200);
  await place.scrollIntoViewIfNeeded();
  await expect(place).toBeInViewport();
  await expect(page.getByRole("button", { name: "Jump to the latest message" })).toBeVisible();
  await page.getByRole("button", { name: "Jump to the latest message" }).click();
  await expect(lastAnswer(page)).toBeInViewport();
  await expect.poll(fromEnd).toBeLessThan(72);
  await expect(answers(page).nth(0)).toContainText("Number 1"); // also what is out of sight is there
});

test("who reads further up while the earlier messages come is not moved", async ({ page }) => {
  const conversation = largeConversation(600);
  await page.route("**/api/conversations/big", (route) => route.fulfill({ json: conversation }));
  await page.goto("/c/big");
  const seen = page.getByText("number **584** of many");
  await seen.scrollIntoViewIfNeeded();
  const top = () => seen.evaluate((element) => element.getBoundingClientRect().top);
  const before = await top();
  await expect(page.locator("article")).toHaveCount(600, { timeout: 30_000 });
  expect(Math.abs((await top()) - before)).toBeLessThan(4);
});

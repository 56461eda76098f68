// From a thumb in the chat to an answer that is given: said, accepted by a key, undone, curated, and seen in the chat.
import { expect, test } from "@playwright/test";
import { lastAnswer } from "../page";
import { ask, BASE_URL, logIn, lookAt, needsServer, openPage, visitor } from "./owner";

needsServer();
test.setTimeout(600_000);
test.describe.configure({ mode: "serial" });

const run = Date.now().toString(36);
const QUESTION = `Where is the blue reading corner ${run}?`;
const RIGHT = `The blue reading corner ${run} is on the second floor.`;

test("a visitor's thumb and correction become an item of the queue", async ({ browser, page }) => {
  const person = await visitor(browser);
  await ask(person, QUESTION);
  await person.getByRole("button", { name: "Bad answer" }).last().click();
  await person.getByRole("textbox", { name: /What should the answer have been/ }).fill(RIGHT);
  await person.locator(".feedback-form").getByRole("button", { name: "Send" }).click();
  await expect(person.locator(".feedback-form")).toHaveCount(0);

  await logIn(page);
  await openPage(page, `reviews?search=${run}`);
  await expect(page.getByRole("article", { name: QUESTION })).toBeVisible();
  await expect(page.getByRole("region", { name: "What would be right" })).toContainText(RIGHT);
  await expect(page.getByText("What this will do")).toBeVisible();
  await lookAt(page, "reviews");
  await page.goto(`/console/reviews?view=list&search=${run}`);
  await expect(page.getByRole("button", { name: QUESTION })).toBeVisible();
  await lookAt(page, "reviews-list");
});

test("one key accepts, one takes it back; a test case, a rejection and what stands in the log", async ({ page }) => {
  await logIn(page);
  await openPage(page, `reviews?search=${run}`);
  await expect(page.getByRole("article", { name: QUESTION })).toBeVisible();
  await expect(page.getByText("A training row: the model learns it when it is trained next.")).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.locator(".toast")).toContainText("Accepted");
  await page.keyboard.press("u");
  await expect(page.locator(".toast").last()).toContainText("It waits again");
  await expect(page.getByRole("article", { name: QUESTION })).toBeVisible();
  await page.keyboard.press("x");
  await expect(page.getByRole("textbox", { name: "The reason" })).toBeFocused();
  await page.getByRole("button", { name: "The answer was right." }).click();
  await expect(page.locator(".toast").last()).toContainText("Rejected");
  await expect(page.getByRole("heading", { name: "Nothing fits these filters" })).toBeVisible();
  await page.locator(".toast").last().getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("article", { name: QUESTION })).toBeVisible();
  // The words in a field are words and no commands.
  await page.getByRole("searchbox").press("a");
  await expect(page.getByRole("searchbox")).toHaveValue(`a${run}`);
  await page.getByRole("searchbox").fill(run);
  await page.getByRole("heading", { level: 1 }).click();
  await expect(page.getByRole("article", { name: QUESTION })).toBeVisible();
  await page.getByRole("checkbox", { name: "Keys" }).uncheck();
  await page.keyboard.press("x");
  await expect(page.getByRole("textbox", { name: "The reason" })).toHaveCount(0);
  await page.getByRole("checkbox", { name: "Keys" }).check();
  await page.goto("/console/reviews/log");
  await expect(page.getByRole("cell", { name: "undid it" }).first()).toBeVisible();
  await expect(page.getByRole("cell", { name: "olga" }).first()).toBeVisible();
  await lookAt(page, "reviews-log");
  await page.goto("/console/reviews/feedback");
  await expect(page.getByRole("table", { name: /what people said/i })).toBeVisible();
  await lookAt(page, "reviews-feedback");
});

test("a colleague who decides meanwhile is named, and nothing is written twice", async ({ browser, page }) => {
  await logIn(page);
  await openPage(page, `reviews?search=${run}`);
  await expect(page.getByRole("article", { name: QUESTION })).toBeVisible();
  const other = await (await browser.newContext({ baseURL: BASE_URL })).newPage();
  await logIn(other, "emil");
  await openPage(other, `reviews?search=${run}`);
  await other.keyboard.press("x");
  await other.getByRole("button", { name: "Spam." }).click();
  await expect(other.locator(".toast")).toContainText("Rejected");
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Spam." }).click();
  await expect(page.getByRole("alert")).toContainText("A colleague was faster");
  await expect(page.getByRole("alert")).toContainText("emil");
  await lookAt(page, "reviews-conflict");
  await other.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await expect(other.locator(".toast").last()).toContainText("It waits again");
});

test("an answer in own words is given in the next message, and no more when it is undone", async ({
  browser,
  page,
}) => {
  await logIn(page);
  await openPage(page, `reviews?search=${run}`);
  await expect(page.getByRole("article", { name: QUESTION })).toBeVisible();
  await page.keyboard.press("e");
  const answer = page.getByRole("textbox", { name: "The answer as it should be" });
  await expect(answer).toBeFocused();
  await expect(answer).toHaveValue(RIGHT);
  await answer.fill(`${RIGHT} Ask there.`);
  await expect(
    page.getByRole("region", { name: "What changes in the bot's answer" }).locator("ins").first(),
  ).toBeVisible();
  await page.getByRole("checkbox", { name: "Give it at once as a curated answer" }).check();
  await expect(page.getByText("A curated answer, from the next message on:")).toBeVisible();
  await lookAt(page, "reviews-edit");
  await page.getByRole("button", { name: "Accept this" }).click();
  await expect(page.locator(".toast")).toContainText(/given from the next message on/);

  const person = await visitor(browser);
  await ask(person, QUESTION);
  await expect(lastAnswer(person)).toContainText(`${RIGHT} Ask there.`);

  await page.goto(`/console/reviews?state=all&search=${run}`);
  await page.getByRole("button", { name: "Undo this decision" }).click();
  await expect(page.locator(".toast")).toContainText("It waits again");
  const later = await visitor(browser);
  await ask(later, QUESTION);
  await expect(lastAnswer(later)).not.toContainText(`${RIGHT} Ask there.`);

  // And the short way: one key accepts it and has it given.
  await openPage(page, `reviews?search=${run}`);
  await expect(page.getByRole("article", { name: QUESTION })).toBeVisible();
  await page.keyboard.press("c");
  await expect(page.locator(".toast").last()).toContainText(/given from the next message on/);
  const last = await visitor(browser);
  await ask(last, QUESTION);
  await expect(lastAnswer(last)).toContainText(RIGHT);
});

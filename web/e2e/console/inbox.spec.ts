// A person takes over: a visitor's browser and those of two colleagues, against a real server.
import { expect, test, type Browser, type Page } from "@playwright/test";
import { BASE_URL, logIn, lookAt, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(120_000);

/** A browser of its own, with a conversation in which a person is wanted. */
async function visitor(browser: Browser, words: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: BASE_URL })).newPage();
  await page.goto("/");
  await page.getByRole("textbox").fill(words);
  await page.keyboard.press("Enter");
  await expect(page.locator(".from-assistant")).toHaveCount(1);
  await expect(page.locator(".from-assistant[aria-busy=true]")).toHaveCount(0);
  return page;
}

async function colleague(browser: Browser, account: "olga" | "rita" | "emil"): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: BASE_URL })).newPage();
  await logIn(page, account);
  await openPage(page, "inbox");
  return page;
}

const unique = (words: string): string => `${words} (${Date.now() % 1e6})`;

test("asked for, taken over, answered live, handed back, and the bot answers again", async ({ browser }) => {
  const asked = unique("I want to talk to a person");
  const rita = await colleague(browser, "rita");
  const page = await visitor(browser, asked);

  // The list hears of it by itself, and the tab's title counts.
  const item = rita.getByRole("link").filter({ hasText: asked });
  await expect(item).toBeVisible();
  await expect(rita).toHaveTitle(/^\(\d+\) /);
  await item.click();
  await expect(rita.getByText("The visitor asked for a person.").first()).toBeVisible();
  await rita.getByRole("button", { name: "Take over" }).click();
  await expect(rita.getByText("You have this conversation.")).toBeVisible();

  const box = rita.getByRole("textbox", { name: "Your answer" });
  await box.fill("Hello, this is a person.");
  await box.press("Enter");
  await expect(page.getByText("Hello, this is a person.")).toBeVisible();
  await expect(box).toHaveValue("");

  await page.getByRole("textbox").fill("Good to hear. One more thing?");
  await page.keyboard.press("Enter");
  await expect(rita.getByRole("log").getByText("Good to hear. One more thing?")).toBeVisible();
  await page.waitForTimeout(1500);
  await expect(page.locator(".from-assistant")).toHaveCount(2);

  // The visitor's page was reloaded: nothing is lost.
  await page.reload();
  await expect(page.getByText("Hello, this is a person.")).toBeVisible();
  await expect(page.getByText("Good to hear. One more thing?").last()).toBeVisible();

  await rita.getByRole("textbox", { name: "New note" }).fill("Called back already.");
  await rita.getByRole("button", { name: "Add the note" }).click();
  await expect(rita.getByText("Called back already.")).toBeVisible();
  await lookAt(rita, "inbox-talk");

  await rita.getByRole("button", { name: "Hand back" }).click();
  await expect(rita.getByRole("alertdialog")).toContainText("Let the bot answer the last message now");
  await rita.getByRole("alertdialog").getByRole("button", { name: "Hand back" }).click();
  await expect(rita.getByText("The bot answers here.")).toBeVisible();
  await expect(page.locator(".from-assistant")).toHaveCount(3, { timeout: 20_000 });
});

test("two colleagues: who has it is seen, and taking over asks first", async ({ browser }) => {
  const asked = unique("Please let me speak to a human");
  await visitor(browser, asked);
  const rita = await colleague(browser, "rita");
  const emil = await colleague(browser, "emil");
  for (const page of [rita, emil]) await page.getByRole("link").filter({ hasText: asked }).click();
  await rita.getByRole("button", { name: "Take over" }).click();
  await expect(rita.getByText("You have this conversation.")).toBeVisible();

  await emil.getByRole("button", { name: "Take over from them" }).click();
  const question = emil.getByRole("alertdialog");
  await expect(question).toContainText("may be writing");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(rita.getByText("You have this conversation.")).toBeVisible();

  await rita.getByRole("textbox", { name: "Your answer" }).fill("I was about to say");
  await emil.getByRole("button", { name: "Take over from them" }).click();
  await question.getByRole("button", { name: "Take over from them" }).click();
  await expect(emil.getByText("You have this conversation.")).toBeVisible();
  await expect(rita.getByText("has this conversation")).toBeVisible();

  await emil.getByRole("button", { name: "Draft by the bot" }).click();
  await emil.getByRole("button", { name: "Use" }).first().click({ timeout: 30_000 });
  await expect(emil.getByRole("textbox", { name: "Your answer" })).not.toHaveValue("");
  await emil.getByRole("textbox", { name: "Your answer" }).fill("The desk is open until eight.");
  await emil.keyboard.press("Enter");
  await emil.getByRole("button", { name: "Make it a reviewed answer" }).click();
  await expect(emil.getByRole("dialog").getByRole("textbox", { name: "Question" })).toHaveValue(asked);
  await emil.getByRole("dialog").getByRole("textbox", { name: "Question" }).fill(unique("Until when is the desk open"));
  await emil.getByRole("dialog").getByRole("button", { name: "Make it a reviewed answer" }).click();
  await expect(emil.getByText("The bot says this from now on.")).toBeVisible();
  await emil.getByRole("button", { name: "Close", exact: true }).click();
  await expect(emil.getByText("Closed. The bot answers again")).toBeVisible();
});

test("the list, its settings, and what a visitor is told of a name", async ({ page }) => {
  await logIn(page);
  await openPage(page, "inbox");
  await lookAt(page, "inbox");
  await page.getByRole("button", { name: "Settings" }).click();
  const name = page.getByRole("textbox", { name: "Your name for visitors" });
  await name.fill("Olga");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Visitors read this name from now on.")).toBeVisible();
  await lookAt(page, "inbox-settings");
});

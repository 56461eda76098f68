// The words with which the browser tests talk about the page. They hold for the fake and for a real server.
import { expect, type Locator, type Page } from "@playwright/test";

export const composer = (page: Page): Locator => page.getByLabel("Message", { exact: true });
export const answers = (page: Page): Locator => page.locator("article.from-assistant");
export const questions = (page: Page): Locator => page.locator("article.from-user");
export const lastAnswer = (page: Page): Locator => answers(page).last();
export const stopButton = (page: Page): Locator => page.getByRole("button", { name: "Stop", exact: true });

export async function open(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await expect(composer(page)).toBeVisible();
}

export async function ask(page: Page, question: string): Promise<void> {
  await composer(page).fill(question);
  await composer(page).press("Enter");
  await expect(questions(page).last()).toContainText(question);
}

/** Waits until the answer to the last question has ended, and gives its text. */
export async function ended(page: Page, timeout = 30_000): Promise<string> {
  await expect(lastAnswer(page)).toHaveAttribute("aria-busy", "false", { timeout });
  return textOf(lastAnswer(page));
}

export async function askAndWait(page: Page, question: string): Promise<string> {
  await ask(page, question);
  return ended(page);
}

export const textOf = async (answer: Locator): Promise<string> => (await answer.locator(".prose").innerText()).trim();

// Gaps: what nobody could answer, and from there to an answer or to the documents with one click.
import { expect, test } from "@playwright/test";
import { ask, logIn, lookAt, needsServer, openPage, visitor } from "./owner";

needsServer();
test.setTimeout(600_000);

test("a gap leads to a new answer with its question, and to the documents", async ({ browser, page }) => {
  const question = `Do you repair left-handed zeppelins ${Date.now().toString(36)}?`;
  await logIn(page);
  const person = await visitor(browser);
  await ask(person, question);
  await person.getByRole("button", { name: "Bad answer" }).last().click();
  await person.locator(".feedback-form").getByRole("button", { name: "Send" }).click();
  await expect(person.locator(".feedback-form")).toHaveCount(0);
  await openPage(page, "gaps?days=7");
  const gap = page.getByRole("article", { name: question });
  await expect(gap).toBeVisible();
  await lookAt(page, "gaps");
  await gap.getByRole("link", { name: "Search the documents" }).click();
  await expect(page).toHaveURL(/\/console\/knowledge\/search\?q=Do/);
  await page.goBack();
  await gap.getByRole("link", { name: "Write an answer" }).click();
  await expect(page.getByRole("textbox", { name: "Questions" })).toHaveValue(question);
});

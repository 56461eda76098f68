// A change of the greeting is seen in the chat, and gone when it is undone; a mistake is named with its line.
import { expect, test } from "@playwright/test";
import { logIn, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(180_000);

test("the greeting is changed, seen in the chat, and undone", async ({ page, context }) => {
  await logIn(page);
  await openPage(page, "settings");
  const words = `Good day number ${Date.now()}.`;
  const before = await page.getByLabel("Greeting", { exact: true }).inputValue();
  await page.getByLabel("Greeting", { exact: true }).fill(words);
  await page.getByRole("button", { name: "Look at the changes" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("counts at once")).toBeVisible();
  await expect(sheet.locator(".diff-line.added")).toContainText(words);
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved; it counts already.")).toBeVisible();

  const chat = await context.newPage();
  await chat.goto("/");
  await expect(chat.getByText(words)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("The change is undone.")).toBeVisible();
  await expect(page.getByLabel("Greeting", { exact: true })).toHaveValue(before);
  await chat.reload();
  await expect(chat.getByText(words)).toHaveCount(0);
});

test("a mistake in the text is named with its line, and cannot be saved", async ({ page }) => {
  await logIn(page);
  await openPage(page, "settings?view=text");
  const box = page.getByLabel("bot.toml");
  const text = await box.inputValue();
  await box.fill(`${text}\n[gaurd]\n`);
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByRole("alert")).toContainText('did you mean "guard"');
  await expect(page.getByRole("button", { name: `Line ${text.split("\n").length + 1}` })).toBeVisible();
  await page.getByRole("button", { name: "Look at the changes" }).click();
  await expect(page.getByRole("dialog").getByRole("button", { name: "Save" })).toBeDisabled();
});

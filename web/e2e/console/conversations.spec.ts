// Everybody's conversations: the list with its filters, one whole, and the download.
import { expect, test } from "@playwright/test";
import { readFileSync } from "node:fs";
import { BASE_URL, logIn, lookAt, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(120_000);

test("what a visitor said is found by its words, read whole, and downloaded", async ({ page, browser }) => {
  const words = `When does the reading room open ${Date.now() % 1e6}?`;
  const visitor = await (await browser.newContext({ baseURL: BASE_URL })).newPage();
  await visitor.goto("/");
  await visitor.getByRole("textbox").fill(words);
  await visitor.keyboard.press("Enter");
  await expect(visitor.locator(".from-assistant")).toHaveCount(1);
  await expect(visitor.locator(".from-assistant[aria-busy=true]")).toHaveCount(0);

  await logIn(page, "rita");
  await openPage(page, "conversations");
  await expect(page.getByRole("link", { name: words })).toBeVisible();
  await lookAt(page, "conversations");
  await page.getByRole("searchbox").fill(words.slice(-8));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page).toHaveURL(/text=/);

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download these (JSONL)" }).click(),
  ]);
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\n");
  expect(lines).toHaveLength(1);
  expect((JSON.parse(lines[0] ?? "{}") as { title: string }).title).toBe(words);

  await page.getByRole("link", { name: words }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("Visitor").first()).toBeVisible();
  await sheet.getByText("Why this answer").first().click();
  await expect(sheet.locator(".loading")).toHaveCount(0);
  await lookAt(page, "conversation");
  await sheet.getByRole("link", { name: "Take over in the inbox" }).click();
  await expect(page.getByText("The bot answers here.")).toBeVisible();
});

test("filters stand in the address, and nothing found says so", async ({ page }) => {
  await logIn(page, "rita");
  await page.goto("/console/conversations?since=2001-01-01&until=2001-01-02");
  await expect(page.getByText("Nothing fits these filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(page).not.toHaveURL(/since/);
});

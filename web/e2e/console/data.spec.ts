// The data page against a real server: a file is added after it was seen, a dataset is built of it, and what was left out is browsed.
import { expect as quick, test } from "@playwright/test";
import { logIn, lookAt, needsServer, openPage } from "./owner";

needsServer();
// What a real server does takes its time where the machine has other work.
const expect = quick.configure({ timeout: 40_000 });
test.describe.configure({ mode: "serial" });
test.setTimeout(300_000);

const STAMP = Date.now().toString(36);
const row = (question: string, answer: string): string =>
  JSON.stringify({
    messages: [
      { role: "user", content: question },
      { role: "assistant", content: answer },
    ],
  });
const ROWS = [
  ...Array.from({ length: 12 }, (_, n) =>
    row(`Is room ${n} of the ${STAMP} wing open?`, `Room ${n} opens at ${n + 7}.`),
  ),
  row(`Is room 3 of the ${STAMP} wing open?`, "Room 3 opens at 10."),
  "no json at all",
].join("\n");

test("a file is shown before it is taken, taken, and built into a dataset", async ({ page }) => {
  await logIn(page);
  await openPage(page, "data");
  await lookAt(page, "data");
  await page.getByRole("button", { name: "Add conversations" }).click();
  const sheet = page.getByRole("dialog");
  await sheet
    .locator("input[type=file]")
    .setInputFiles([{ name: `rooms-${STAMP}.jsonl`, mimeType: "application/json", buffer: Buffer.from(ROWS) }]);
  await expect(sheet.getByText("13 of 14 rows can be used.")).toBeVisible();
  await expect(sheet.getByRole("combobox", { name: "Format" })).toContainText("found: messages");
  await expect(sheet.getByText("not valid JSON")).toBeVisible();
  await lookAt(page, "data-preview");
  await sheet.getByRole("combobox", { name: "Format" }).selectOption("alpaca");
  await expect(sheet.getByRole("button", { name: "Add this file" })).toBeDisabled();
  await sheet.getByRole("combobox", { name: "Format" }).selectOption("");
  await expect(sheet.getByText("13 of 14 rows can be used.")).toBeVisible();
  await sheet.getByRole("button", { name: "Add this file" }).click();
  await expect(page.locator(".work")).toContainText("done", { timeout: 120_000 });
  await openPage(page, "data/files");
  await expect(page.getByText(`rooms-${STAMP}.jsonl`)).toBeVisible();
  await lookAt(page, "data-files");
  await page.getByRole("button", { name: "Build a dataset" }).click();
  await expect(page.locator(".work")).toContainText("done", { timeout: 240_000 });
});

test("rows that were left out are browsed, filtered and searched, each with its reason and what keeps it", async ({
  page,
}) => {
  await logIn(page);
  await openPage(page, "data/rejected");
  await expect(page.getByText(/^1 to \d+ of/)).toBeVisible();
  await lookAt(page, "data-rejected");
  await page.getByRole("combobox", { name: "File" }).selectOption({ label: `data/rooms-${STAMP}.jsonl` });
  await expect(page.locator(".rejects li")).toHaveCount(2);
  await page
    .getByRole("combobox", { name: "Reason" })
    .selectOption(await page.getByRole("option", { name: /not valid JSON/ }).getAttribute("value"));
  await expect(page.getByText("no json at all")).toBeVisible();
  await expect(page.getByText("To keep rows like these:")).toBeVisible();
  await page.getByRole("combobox", { name: "Reason" }).selectOption("");
  await page.getByRole("searchbox").fill("room 3 of");
  await expect(page.locator(".rejects li")).toHaveCount(1);
  await page.getByRole("button", { name: "Show the one that stays" }).click();
  await expect(page.getByRole("dialog").getByText(/Room 3 opens at 10/)).toBeVisible();
});

test("what the new dataset has that the one before had not is told", async ({ page }) => {
  await logIn(page);
  await openPage(page, "data/compared");
  await expect(page.getByText(/conversations are new/)).toBeVisible();
  await expect(page.locator("#page")).toContainText(`${STAMP} wing`);
  await lookAt(page, "data-compared");
});

test("a document is sent to the knowledge, a reviewer adds nothing", async ({ page }) => {
  await logIn(page, "emil");
  await openPage(page, "data");
  await page.getByRole("button", { name: "Add conversations" }).click();
  const sheet = page.getByRole("dialog");
  await sheet
    .locator("input[type=file]")
    .setInputFiles([{ name: "rules.txt", mimeType: "text/plain", buffer: Buffer.from("The rules of the house.\n") }]);
  await expect(sheet.getByRole("alert")).toContainText("This is a document");
  await page.context().clearCookies();
  await logIn(page, "rita");
  await openPage(page, "data");
  await expect(page.getByRole("button", { name: "Add conversations" })).toHaveCount(0);
});

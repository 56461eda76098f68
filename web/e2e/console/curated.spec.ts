// Curated answers on the page: writing, trying, undoing, a table of 10,000 rows in and out again, the history.
import { expect, test } from "@playwright/test";
import { logIn, lookAt, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(600_000);
test.describe.configure({ mode: "serial" });

const run = Date.now().toString(36);
const QUESTION = `May I bring my cello ${run}?`;

test("an answer is written, tried, changed, and every change is taken back with one click", async ({ page }) => {
  await logIn(page);
  await page.goto(`/console/curated/new?question=${encodeURIComponent(QUESTION)}`);
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByRole("textbox", { name: "Questions" })).toHaveValue(QUESTION);
  await sheet.getByRole("textbox", { name: "The answer" }).fill("Yes, in the music room.");
  await sheet.getByLabel("Last day").fill("2031-05-31");
  await lookAt(page, "curated-new");
  await sheet.getByRole("button", { name: "Give it from now on" }).click();
  await expect(page.locator(".toast")).toContainText("given from the next message on");

  await page.getByText("Which answer would this question get?").click();
  await page.getByRole("textbox", { name: "A question" }).fill(QUESTION.toUpperCase());
  await page.getByRole("button", { name: "Look" }).click();
  await expect(page.getByText("It gets this curated answer:")).toBeVisible();
  await expect(page.locator("blockquote")).toContainText("Yes, in the music room.");
  await expect(page.getByText("the same question")).toBeVisible();

  await page.getByRole("searchbox").fill(run);
  await expect(page.getByRole("status").getByText("1 answer", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: QUESTION }).click();
  await expect(sheet.getByLabel("Last day")).toHaveValue("2031-05-31");
  await sheet.getByRole("textbox", { name: "The answer" }).fill("No.");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("cell", { name: "No.", exact: true })).toBeVisible();
  await page.locator(".toast").last().getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("cell", { name: "Yes, in the music room." })).toBeVisible();
});

test("a colleague's change is not overwritten, and nothing that was typed is lost", async ({ page }) => {
  await logIn(page);
  await openPage(page, `curated?search=${run}`);
  await page.getByRole("button", { name: QUESTION }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("textbox", { name: "The answer" }).fill("Mine.");
  const found = await (await page.request.get(`/api/curated/answers?search=${run}`)).json();
  const [answer] = found.answers as { id: string; revision: number }[];
  const { csrf } = await (await page.request.get("/api/session")).json();
  const changed = await page.request.patch(`/api/curated/answers/${answer?.id}`, {
    data: { text: "Theirs.", revision: answer?.revision },
    headers: { "x-csrf-token": csrf, origin: new URL(page.url()).origin },
  });
  expect(changed.ok(), await changed.text()).toBe(true);
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet.getByRole("alert")).toContainText("Theirs.");
  await expect(sheet.getByRole("textbox", { name: "The answer" })).toHaveValue("Mine.");
  await sheet.getByRole("button", { name: "Keep mine" }).click();
  await expect(page.getByRole("cell", { name: "Mine.", exact: true })).toBeVisible();
});

test("a table of 10,000 rows is shown before it counts, stays fast, and goes again with one click", async ({
  page,
}) => {
  const rows = Array.from({ length: 10_000 }, (_, n) => `Question ${n} of ${run}?,Answer ${n} of the table ${run}.`);
  rows.push(`Question 7 of ${run}?,Another answer.`, `,No question at all.`);
  const file = { name: "faq.csv", mimeType: "text/csv", buffer: Buffer.from(`question,answer\n${rows.join("\n")}\n`) };
  await logIn(page);
  await openPage(page, "curated");
  await page.getByRole("button", { name: "Import a table…" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("The file", { exact: true }).setInputFiles(file);
  const preview = sheet.getByRole("region", { name: "What it would change" });
  await expect(preview).toBeVisible({ timeout: 90_000 });
  await expect(preview.getByRole("tab", { name: "New (10,000)" })).toBeVisible();
  await preview.getByRole("tab", { name: "Double (1)" }).click();
  await expect(preview.getByRole("cell", { name: /Question 7 of/ })).toBeVisible();
  await preview.getByRole("tab", { name: "Wrong (1)" }).click();
  await expect(preview.getByRole("tabpanel")).toContainText("question");
  await lookAt(page, "curated-import");
  await preview.getByRole("button", { name: "Import 10,000 answers" }).click();
  await expect(page.locator(".toast")).toContainText("10,000 answers are new", { timeout: 90_000 });

  const began = Date.now();
  await page.getByRole("searchbox").fill(`Question 9876 of ${run}`);
  await expect(page.getByRole("button", { name: `Question 9876 of ${run}?` })).toBeVisible();
  console.log(`found among 10,000 in ${Date.now() - began} ms, with 250 ms of waiting for the next letter`);
  await page.getByRole("searchbox").fill("");
  await page.getByRole("button", { name: "Sort by: Question" }).click();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("navigation", { name: /51 to 100 of/ })).toBeVisible();
  await lookAt(page, "curated");

  await page.goto("/console/curated/history");
  await expect(page.getByRole("cell", { name: "imported" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Show" }).first().click();
  await expect(page.getByRole("dialog")).toContainText("10,000 answers are different");
  await page.keyboard.press("Escape");
  await lookAt(page, "curated-history");
  await page.getByRole("button", { name: "Go back to it" }).first().click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Go back to it" }).click();
  await expect(page.locator(".toast")).toContainText("Everything is what it was", { timeout: 90_000 });
  await page.goto(`/console/curated?search=${encodeURIComponent(`table ${run}`)}`);
  await expect(page.getByRole("heading", { name: "Nothing fits" })).toBeVisible();
});

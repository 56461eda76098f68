// The knowledge page against a real server: what is uploaded is answered from, with its source; and every change has a way back.
import { expect as quick, test, type Page } from "@playwright/test";
import { ask, ended, lastAnswer, open } from "../page";
import { logIn, lookAt, needsServer, openPage } from "./owner";

needsServer();
// What a real server does takes its time where the machine has other work.
const expect = quick.configure({ timeout: 40_000 });
test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

// Words that no other document has, so that what is found is this one.
const NAME = `quetzal-${Date.now().toString(36)}.md`;
const QUESTION = "Where is the quetzal feather exhibition?";
const FIRST = "# Quetzal feather exhibition\n\nThe quetzal feather exhibition is in the cellar until Christmas.\n";
const SECOND = "# Quetzal feather exhibition\n\nThe quetzal feather exhibition is on the roof until Easter.\n";

async function upload(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Upload documents" }).click();
  const sheet = page.getByRole("dialog", { name: "Upload documents" });
  await sheet
    .locator("input[type=file]")
    .setInputFiles([{ name: NAME, mimeType: "text/markdown", buffer: Buffer.from(text) }]);
  await expect(sheet.getByText(/1 passage/).first()).toBeVisible();
  await sheet.getByRole("button", { name: "Show what this does" }).click();
  await expect(sheet.getByRole("heading", { name: "Test cases" })).toBeVisible();
}

async function taken(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Take 1 document" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

/** The first passage that the test search shows. */
async function found(page: Page): Promise<string> {
  await openPage(page, `knowledge/search?q=${encodeURIComponent(QUESTION)}`);
  return (await page.locator(".passages .passage").first().innerText()).trim();
}

/**
 * Asks in the chat, as anybody would: where the bot is sure enough to quote the document, which the test search says, the answer
 * has `words` and its source; else it does not say what it is not sure of.
 */
async function chatSays(page: Page, words: string): Promise<void> {
  const asked = `/api/console/knowledge/search?answer=true&q=${encodeURIComponent(QUESTION)}`;
  const { route } = (await (await page.request.get(asked)).json()) as {
    route: { route: string; text: string };
  };
  await open(page);
  await ask(page, QUESTION);
  await ended(page, 60_000);
  const said = await lastAnswer(page).innerText();
  if (route.route === "retrieved" && route.text.includes(words)) expect(said).toContain(words);
  else expect(said).not.toContain(words);
}

test("a document is uploaded after its difference was seen, and the chat answers as the test search says", async ({
  page,
}) => {
  await logIn(page);
  await openPage(page, "knowledge");
  await upload(page, FIRST);
  await lookAt(page, "knowledge-upload");
  await taken(page);
  await expect(page.getByText("1 document added.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Quetzal feather exhibition" })).toBeVisible();
  expect(await found(page)).toContain("in the cellar");
  await lookAt(page, "knowledge-search");
  await chatSays(page, "cellar");
});

test("it is changed in the page, compared, rolled back and brought forward, and the answer changes with it", async ({
  page,
}) => {
  await logIn(page);
  await openPage(page, "knowledge");
  await page.getByRole("searchbox").fill("quetzal");
  await page.getByRole("link", { name: "Quetzal feather exhibition" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("in the cellar")).toBeVisible();
  await lookAt(page, "knowledge-document");
  await sheet.getByRole("button", { name: "Edit the text" }).click();
  await sheet.getByRole("textbox").fill(SECOND);
  await sheet.getByRole("button", { name: "Show what this does" }).click();
  await expect(sheet.locator("ins", { hasText: "roof" })).toBeVisible();
  await expect(sheet.locator("del", { hasText: "cellar" })).toBeVisible();
  await lookAt(page, "knowledge-edit");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("1 document changed.")).toBeVisible();
  expect(await found(page)).toContain("on the roof");
  await chatSays(page, "roof");

  await openPage(page, "knowledge/versions");
  await page.getByRole("button", { name: "What it changed" }).first().click();
  await expect(page.getByRole("dialog").locator("ins", { hasText: "roof" })).toBeVisible();
  await page.keyboard.press("Escape");
  await lookAt(page, "knowledge-versions");
  await page.getByRole("row").nth(2).getByRole("button", { name: "Go back to it" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Go back to it" }).click();
  await expect(page.getByText(/An earlier version is searched\./).first()).toBeVisible();
  expect(await found(page)).toContain("in the cellar");
  await chatSays(page, "cellar");
  await openPage(page, "knowledge");
  await page.getByRole("button", { name: "Go forward to what is there now" }).click();
  await expect(page.locator(".knowledge-held")).toHaveCount(0);
  expect(await found(page)).toContain("on the roof");
});

test("it is deleted after it was said what rests on it, undone, and deleted again: then it is found no more", async ({
  page,
}) => {
  await logIn(page);
  const remove = async (): Promise<void> => {
    await page.getByRole("searchbox").fill("quetzal");
    await page
      .getByRole("row", { name: /Quetzal/ })
      .getByRole("checkbox")
      .check();
    await page.getByRole("button", { name: "Delete 1 document" }).click();
    const question = page.getByRole("alertdialog");
    await expect(question.getByText(/last 30 days rest/)).toBeVisible();
    await question.getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("1 document deleted.")).toBeVisible();
  };
  await openPage(page, "knowledge");
  await remove();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: "Quetzal feather exhibition" })).toBeVisible();
  await remove();
  await openPage(page, `knowledge/search?q=${encodeURIComponent(QUESTION)}`);
  await expect(page.locator("#page")).not.toContainText("on the roof");
  await chatSays(page, "roof");
});

test("what is no document is refused in a sentence, beside one that is fine", async ({ page }) => {
  await logIn(page);
  await openPage(page, "knowledge");
  await page.getByRole("button", { name: "Upload documents" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.locator("input[type=file]").setInputFiles([
    { name: "picture.png", mimeType: "image/png", buffer: Buffer.from("\x89PNG") },
    { name: "zeros.txt", mimeType: "text/plain", buffer: Buffer.from("a\0b is no text") },
    { name: "fine.txt", mimeType: "text/plain", buffer: Buffer.from("The marten room is closed on Mondays.") },
  ]);
  await expect(sheet.getByText("Files of this kind are not read")).toBeVisible();
  await expect(sheet.getByText("zeros.txt has NUL bytes")).toBeVisible();
  await expect(sheet.getByText(/1 passage/)).toBeVisible();
  await expect(sheet.getByRole("button", { name: "Show what this does" })).toBeEnabled();
  await sheet.getByRole("button", { name: "Cancel" }).click();
});

test("two editors: the second one sees the difference to the first one's, and loses nothing", async ({
  page,
  browser,
}) => {
  const name = `two-${Date.now().toString(36)}.md`;
  await logIn(page);
  await openPage(page, "knowledge");
  await page.getByRole("button", { name: "Upload documents" }).click();
  await page
    .getByRole("dialog")
    .locator("input[type=file]")
    .setInputFiles([{ name, mimeType: "text/markdown", buffer: Buffer.from("# Marten\n\nThe marten sleeps.\n") }]);
  await page.getByRole("button", { name: "Show what this does" }).click();
  await taken(page);
  const context = await browser.newContext({ baseURL: process.env["BASE_URL"] ?? "" });
  const other = await context.newPage();
  await logIn(other, "emil");
  const edit = async (who: Page, text: string): Promise<void> => {
    await who.getByRole("button", { name: "Edit the text" }).click();
    await who.getByRole("dialog").getByRole("textbox").fill(text);
  };
  const at = `knowledge?document=${encodeURIComponent(name)}`;
  await openPage(page, at);
  await openPage(other, at);
  await edit(page, "# Marten\n\nThe marten eats.\n");
  await edit(other, "# Marten\n\nThe marten swims.\n");
  await page.getByRole("button", { name: "Show what this does" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("1 document changed.")).toBeVisible();
  await other.getByRole("button", { name: "Show what this does" }).click();
  await expect(other.getByText(/Somebody else changed/)).toBeVisible();
  await expect(other.locator("del", { hasText: "eats" })).toBeVisible();
  await expect(other.getByRole("textbox")).toHaveValue(/swims/);
  await other.getByRole("button", { name: "Replace theirs with mine" }).click();
  await expect(other.getByText("1 document changed.")).toBeVisible();
  await context.close();
});

test("an address that may not be fetched is refused with the reason; tabs keep the rules of accessibility", async ({
  page,
}) => {
  await logIn(page);
  await openPage(page, "knowledge/addresses");
  await page.getByRole("textbox", { name: /Address of a page/ }).fill("http://127.0.0.1/");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("not in the public internet");
  await lookAt(page, "knowledge-addresses");
  await openPage(page, "knowledge");
  await lookAt(page, "knowledge");
});

test("a reviewer looks at everything and changes nothing", async ({ page }) => {
  await logIn(page, "rita");
  await openPage(page, "knowledge");
  await expect(page.getByRole("table")).toBeVisible();
  await expect(page.getByRole("button", { name: "Upload documents" })).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: "Select this row" })).toHaveCount(0);
});

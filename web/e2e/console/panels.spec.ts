// A panel from making it to its results: two raters judge by their links, as they would.
import { expect, test, type Browser } from "@playwright/test";
import { BASE_URL, logIn, lookAt, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(600_000);

const run = Date.now().toString(36);
const WORDS = ["paper", "stone", "water", "cloud", "metal", "glass", "cotton", "silver"];

const answersOf = (name: string) => ({
  name: `${name}.jsonl`,
  mimeType: "application/jsonl",
  buffer: Buffer.from(
    WORDS.map((word, n) =>
      JSON.stringify({ question: `Question ${n}?`, answer: `The ${name} ${word} answer, which is about ${word}.` }),
    ).join("\n"),
  ),
});

/** Judges everything behind a link, preferring one side's words. */
async function rate(browser: Browser, path: string, prefer: string): Promise<number> {
  const context = await browser.newContext({ baseURL: BASE_URL });
  const page = await context.newPage();
  await page.goto(path);
  await page.getByRole("button", { name: "Start" }).click();
  let done = 0;
  while (await page.getByRole("group", { name: "Your choice" }).isVisible()) {
    const [left = "", right = ""] = await page.locator(".answer .text").allInnerTexts();
    const key = left.includes(prefer) === right.includes(prefer) ? "3" : left.includes(prefer) ? "1" : "2";
    await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
    done += 1;
  }
  await expect(page.getByRole("heading", { name: "Thank you." })).toBeVisible();
  await context.close();
  return done;
}

test("a panel is made, two raters rate by their links, and the results name the winner", async ({ browser, page }) => {
  await logIn(page);
  await openPage(page, "panels/new");
  await page.getByRole("textbox", { name: "Name" }).fill(`spring ${run}`);
  const current = page.getByRole("checkbox", { name: "What is served now" });
  if (await current.isChecked()) await current.uncheck();
  for (const name of ["old", "new"]) {
    await page.getByLabel("Answers from elsewhere").setInputFiles(answersOf(name));
    await expect(page.getByRole("checkbox", { name: `${name}: 8 answers` })).toBeChecked();
  }
  await page.getByRole("combobox", { name: "Which questions" }).selectOption("typed");
  await page
    .getByRole("textbox", { name: "The questions, a line each" })
    .fill(WORDS.map((_, n) => `Question ${n}?`).join("\n"));
  await lookAt(page, "panels-new");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.getByRole("button", { name: `spring ${run}` }).click({ timeout: 120_000 });

  await page.getByRole("button", { name: "Invite" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("textbox", { name: /Their names/ }).fill("anna\nben");
  await sheet.getByRole("button", { name: "Invite" }).click();
  await expect(sheet.getByRole("listitem")).toHaveCount(2);
  const links = await sheet.locator("code").allInnerTexts();
  await lookAt(page, "panels-links");
  await sheet.getByRole("button", { name: "I have sent them" }).click();
  await expect(page.getByText(links[0] ?? "-")).toHaveCount(0);

  for (const link of links) expect(await rate(browser, new URL(link).pathname, "new")).toBeGreaterThan(5);

  await expect(page.getByRole("row", { name: /anna/ })).toContainText(/(\d+) of \1/);
  await lookAt(page, "panels-raters");
  await page.getByRole("tab", { name: "Results" }).click();
  await expect(page.getByText("new is preferred in 100%")).toBeVisible();
  await expect(page.getByRole("table", { name: "Strength of each contestant" })).toContainText("new");
  await expect(page.getByText(/Krippendorff/)).toBeVisible();
  await lookAt(page, "panels-results");
  const figures = page.getByRole("table", { name: "What the votes tell of each rater" });
  await figures.getByRole("checkbox", { name: "The votes of ben count" }).uncheck();
  await expect(figures.getByRole("row", { name: /ben/ })).toContainText("left out");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export votes (CSV)" }).click();
  expect((await download).suggestedFilename()).toBe("votes.csv");

  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Close" }).click();
  await expect(page.locator(".toast")).toContainText("The panel is closed.");
  await page.getByRole("button", { name: "All panels" }).click();
  await expect(page.getByRole("row", { name: new RegExp(`spring ${run}`) })).toContainText("closed");
  await lookAt(page, "panels");
});

// The basic life of a conversation, against a real server: BASE_URL=http://127.0.0.1:8000 npm run e2e -- real
import { expect, test } from "@playwright/test";
import { answers, ask, composer, ended, lastAnswer, open, questions, textOf } from "./page";

const BASE_URL = process.env["BASE_URL"];

test.describe("a real server", () => {
  test.skip(!BASE_URL, "BASE_URL is not set: there is no real server to test against");
  test.use({ ...(BASE_URL ? { baseURL: BASE_URL } : {}) });
  test.setTimeout(180_000);

  test("send, stream, stop or finish, thumbs down with correction, reload", async ({ page }) => {
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (entry) => {
      if (/Content.Security.Policy/i.test(entry.text())) problems.push(entry.text());
    });

    await open(page);
    await ask(page, "When are you open on Saturday?");
    await expect(page).toHaveURL(/\/c\/[\w-]+$/);
    await ended(page, 120_000);
    await expect(lastAnswer(page).getByRole("button", { name: "Good answer" })).toBeVisible();
    const first = await textOf(lastAnswer(page));
    expect(first).not.toBe("");

    // Escape stops an answer that still runs, and does nothing to one that has finished in the meantime.
    await ask(page, "How can I become a member?");
    await expect(answers(page)).toHaveCount(2);
    await composer(page).press("Escape");
    await expect(lastAnswer(page)).toHaveAttribute("aria-busy", "false", { timeout: 120_000 });
    await expect(answers(page).first().locator(".prose")).toHaveText(first, { useInnerText: true });

    const rated = answers(page).first();
    const saved = page.waitForResponse((response) => response.url().includes("/feedback") && response.ok());
    await rated.getByRole("button", { name: "Bad answer" }).click();
    await saved;
    await rated.getByLabel(/Comment/).fill("wrong hours");
    await rated.getByLabel(/What should the answer/).fill("From ten to four.");
    await rated.getByRole("button", { name: "Send" }).click();
    await expect(rated.locator("form")).toHaveCount(0);

    const before = await page.locator("article .bubble, article .prose").allInnerTexts();
    await page.reload();
    await expect(questions(page)).toHaveCount(2);
    await expect(answers(page)).toHaveCount(2);
    expect(await page.locator("article .bubble, article .prose").allInnerTexts()).toEqual(before);
    await expect(rated.getByRole("button", { name: "Bad answer" })).toHaveAttribute("aria-pressed", "true");
    await rated.getByRole("button", { name: "Bad answer" }).click();
    await expect(rated.getByLabel(/What should the answer/)).toHaveValue("From ten to four.");
    expect(problems).toEqual([]);
  });
});

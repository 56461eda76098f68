// A visitor asks something, is found by their words, and is forgotten: the conversation is gone, and the log is whole.
import { expect, test } from "@playwright/test";
import { BASE_URL, logIn, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(300_000);

test("a visitor is forgotten to the end, and the audit log knows of it", async ({ page, browser }) => {
  const visitor = await browser.newContext({ baseURL: BASE_URL });
  const words = `violet umbrella ${Date.now()}`;
  const headers = { origin: BASE_URL };
  await visitor.request.get("/api/bot");
  const made = await visitor.request.post("/api/conversations", { data: {}, headers });
  const id = ((await made.json()) as { id: string }).id;
  await visitor.request.post(`/api/conversations/${id}/turns`, { data: { content: `My ${words} is lost` }, headers });
  expect((await visitor.request.get(`/api/conversations/${id}`)).status()).toBe(200);

  await logIn(page);
  await openPage(page, "privacy");
  await page.getByLabel("What you know of them").fill(words);
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("1 person", { exact: true })).toBeVisible();
  await page.getByRole("row").filter({ hasText: "visitor" }).getByRole("button", { name: "Forget" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel(/type forget/).fill("forget");
  await dialog.getByRole("button", { name: "Forget" }).click();
  const status = async () => (await visitor.request.get(`/api/conversations/${id}`)).status();
  await expect.poll(status, { timeout: 200_000 }).toBe(404);
  await expect(page.getByText("No request is open.")).toBeVisible({ timeout: 60_000 });
  await visitor.close();

  await openPage(page, "audit");
  await expect(page.getByRole("cell", { name: "person.erasing" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Check the chain" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Check the chain" }).click();
  await expect(page.getByText(/The log is whole/)).toBeVisible();
});

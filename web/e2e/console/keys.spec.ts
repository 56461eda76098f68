// A key that is made on the page opens the API, and does so no more when it is revoked; bringing it back helps.
import { expect, request, test } from "@playwright/test";
import { BASE_URL, logIn, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(180_000);

test("a key is made, used by a real request, revoked, and brought back", async ({ page }) => {
  await logIn(page);
  await openPage(page, "keys");
  await page.getByRole("button", { name: "New key" }).first().click();
  const name = `intranet ${Date.now()}`;
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.getByTestId("key").innerText();
  expect(key).toMatch(/^sk-/);
  await page.getByRole("button", { name: "I have kept it" }).click();
  await expect(page.getByText(key)).toHaveCount(0);

  const program = await request.newContext({ baseURL: BASE_URL, extraHTTPHeaders: { authorization: `Bearer ${key}` } });
  const models = await program.get("/v1/models");
  expect(models.status()).toBe(200);
  const model = ((await models.json()) as { data: { id: string }[] }).data[0]?.id;
  const asked = { model, messages: [{ role: "user", content: "When are you open?" }] };
  const reply = await program.post("/v1/chat/completions", { data: asked, timeout: 60_000 });
  expect(reply.status()).toBe(200);

  await page
    .getByRole("row", { name })
    .getByRole("button", { name: /Revoke/ })
    .click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText(`${name} is revoked.`)).toBeVisible();
  await expect.poll(async () => (await program.get("/v1/models")).status(), { timeout: 15_000 }).toBe(401);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`${name} works again.`)).toBeVisible();
  await expect.poll(async () => (await program.get("/v1/models")).status(), { timeout: 15_000 }).toBe(200);
  await program.dispose();
});

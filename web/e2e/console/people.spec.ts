// An owner invites somebody, who makes an account in a browser of their own and sees what the role may see.
import { expect, test } from "@playwright/test";
import { BASE_URL, logIn, lookAt, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(180_000);

test("an invited person makes an account in another browser, once", async ({ page, browser }) => {
  await logIn(page);
  await openPage(page, "people");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByTestId("link").innerText();
  await page.getByRole("button", { name: "Done" }).click();

  const theirs = await browser.newContext({ baseURL: BASE_URL });
  const guest = await theirs.newPage();
  await guest.goto(link);
  const name = `guest${Date.now()}`;
  await expect(guest.getByRole("heading", { name: /You are invited/ })).toBeVisible();
  await lookAt(guest, "invitation");
  await guest.getByLabel("Name").fill(name);
  await guest.getByLabel(/New password/).fill("a few plain words more");
  await guest.getByRole("button", { name: "Make the account" }).click();
  await expect(guest.getByRole("navigation").getByRole("link", { name: "Review", exact: true })).toBeVisible();
  await expect(guest.getByRole("link", { name: "API keys" })).toHaveCount(0);
  await guest.goto("about:blank");
  await guest.goto(link);
  await expect(guest.getByRole("alert")).toContainText("unknown, used or too old");
  await theirs.close();

  await page.reload();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toBeVisible();
});

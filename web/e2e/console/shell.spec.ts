// The console's frame: who may open it, and what of it.
import { expect, test } from "@playwright/test";
import { logIn, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(180_000);

test("who is not logged in is asked to, and visitors of the chat do not see that there is a console", async ({
  page,
}) => {
  await page.goto("/console/overview");
  await expect(page.getByRole("button", { name: "Log in" })).toBeVisible();
  await page.goto("/");
  await expect(page.getByRole("button", { name: /^Console/ })).toHaveCount(0);
});

test("a reviewer sees the pages for reviewers alone, also when asking for another by its address", async ({ page }) => {
  await logIn(page, "rita");
  await openPage(page, "overview");
  const nav = page.getByRole("navigation");
  await expect(nav.getByRole("link", { name: "Review", exact: true })).toBeVisible();
  await expect(nav.getByRole("link", { name: "API keys" })).toHaveCount(0);
  await page.goto("/console/keys");
  await expect(page.getByRole("alert")).toContainText("may not open");
});

// The widget's page: what is chosen is seen at once, what is saved can be undone, and who may show the chat changes with it.
import { expect, test } from "@playwright/test";
import { BASE_URL, logIn, lookAt, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(180_000);

const SITE = "https://new-shop.example";

test("a site is added, may show the chat at once, and is taken back", async ({ page, request }) => {
  await logIn(page);
  await openPage(page, "widget");
  const ancestors = async () => (await request.get("/widget")).headers()["content-security-policy"] ?? "";
  const box = page.getByLabel("Another site");
  await box.fill("no site at all");
  await box.press("Enter");
  await expect(page.getByText("This is no address of a site")).toBeVisible();
  await box.fill("new-shop.example/prices");
  await box.press("Enter");
  await expect(page.getByText(SITE, { exact: true })).toBeVisible();
  expect(await ancestors()).toContain(SITE);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(SITE, { exact: true })).toHaveCount(0);
  expect(await ancestors()).not.toContain(SITE);
});

test("the sample follows what is chosen, and the script tag can be copied", async ({ page }) => {
  const problems: string[] = [];
  page.on("console", (entry) => {
    if (/Content.Security.Policy/i.test(entry.text())) problems.push(entry.text());
  });
  await logIn(page);
  await openPage(page, "widget");
  const sample = page.frameLocator("iframe.widget-sample");
  await page.getByLabel("Words beside the icon").fill("Ask the library");
  const launcher = sample.locator("chatwright-widget button.launcher");
  await expect(launcher).toContainText("Ask the library");
  // It stands at the end of its own window, to which a click alone does not scroll.
  await page.locator("iframe.widget-sample").evaluate((frame) => frame.scrollIntoView({ block: "end" }));
  await launcher.click();
  await expect(sample.frameLocator("chatwright-widget iframe").getByRole("heading").first()).toBeVisible();
  await page.getByRole("button", { name: "Copy the script tag" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`<script src="${BASE_URL}/widget.js" async></script>`);
  expect(problems).toEqual([]);
});

test("the page keeps the rules of accessibility", async ({ page }) => {
  await logIn(page);
  await openPage(page, "widget");
  await page.frameLocator("iframe.widget-sample").locator("chatwright-widget button.launcher").waitFor();
  await lookAt(page, "widget");
});

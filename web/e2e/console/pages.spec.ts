// The console's pages one after the other: none of them is empty or breaks a rule.
import { expect, test } from "@playwright/test";
import { logIn, lookAt, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(300_000);

test("every page opens by its link, says what it is, and keeps the rules of accessibility", async ({ page }) => {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (entry) => {
    if (/Content.Security.Policy/i.test(entry.text())) problems.push(entry.text());
  });
  await logIn(page);
  await openPage(page, "overview");
  const links = page.getByRole("navigation").getByRole("listitem").getByRole("link");
  const names = await links.allInnerTexts();
  expect(names.length).toBeGreaterThan(10);
  // The one that is open already would keep the focus on its link.
  for (const name of [...names.slice(1), ...names.slice(0, 1)]) {
    await links.getByText(name, { exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(page.locator(".loading")).toHaveCount(0);
    await lookAt(page, new URL(page.url()).pathname.split("/").pop() ?? name);
  }
  expect(problems).toEqual([]);
});

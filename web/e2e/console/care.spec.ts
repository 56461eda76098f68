// Overview, channels, keys, people, privacy, audit and settings: how they look, at three widths and in both themes.
import { expect, test } from "@playwright/test";
import { logIn, lookAt, needsServer, openPage } from "./owner";

needsServer();
test.setTimeout(180_000);

for (const name of ["overview", "channels", "keys", "people", "privacy", "audit", "settings"]) {
  test(`${name} keeps the rules and fits`, async ({ page }) => {
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (entry) => {
      if (/Content.Security.Policy/i.test(entry.text())) problems.push(entry.text());
    });
    await logIn(page);
    await openPage(page, name);
    await lookAt(page, name);
    expect(problems).toEqual([]);
  });
}

test("settings as text and their versions keep the rules", async ({ page }) => {
  await logIn(page);
  await openPage(page, "settings?view=text");
  await expect(page.getByLabel("bot.toml")).toBeVisible();
  await lookAt(page, "settings-text");
  await openPage(page, "settings?view=history");
  await lookAt(page, "settings-history");
});

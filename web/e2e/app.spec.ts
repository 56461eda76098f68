import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { answers, ask, askAndWait, composer, ended, lastAnswer, open, questions } from "./page";

const PHONE = { width: 390, height: 844 };
const item = (page: Page, title: string) =>
  page.getByRole("navigation").getByRole("listitem").filter({ hasText: title });

async function menuOf(page: Page, title: string, entry: string): Promise<void> {
  await page.getByRole("button", { name: `More for “${title}”` }).click();
  await page.getByRole("menuitem", { name: entry }).click();
}

test("renames, searches and deletes conversations", async ({ page }) => {
  await open(page);
  await askAndWait(page, "About hours");
  await page.getByRole("link", { name: "New conversation" }).click();
  await askAndWait(page, "About loans");
  await expect(page.getByRole("navigation").getByRole("listitem")).toHaveCount(2);

  await menuOf(page, "About hours", "Rename");
  const box = page.getByLabel("New title");
  await expect(box).toBeFocused();
  await box.fill("Opening hours");
  await box.press("Enter");
  await expect(item(page, "Opening hours")).toBeVisible();
  await menuOf(page, "Opening hours", "Rename");
  await box.fill("never mind");
  await box.press("Escape");
  await expect(item(page, "Opening hours")).toBeVisible();

  await page.getByLabel("Search conversations").fill("loan");
  await expect(item(page, "Opening hours")).toHaveCount(0);
  await expect(item(page, "About loans")).toBeVisible();
  await page.getByLabel("Search conversations").fill("nonsense");
  await expect(page.getByText("Nothing found for “nonsense”.")).toBeVisible();
  await page.getByLabel("Search conversations").fill("");

  await menuOf(page, "About loans", "Delete");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(item(page, "About loans")).toBeVisible();
  await menuOf(page, "About loans", "Delete");
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(item(page, "About loans")).toHaveCount(0);
  await expect(page).toHaveURL(/\/$/);
  await page.reload();
  await expect(item(page, "Opening hours")).toBeVisible();
  await expect(item(page, "About loans")).toHaveCount(0);
});

test("follows the system's theme until one is chosen, and remembers the choice", async ({ page }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await open(page);
  const light = await ground();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.getByRole("button", { name: /Appearance/ }).click();
  await page.getByRole("menuitemradio", { name: "Light" }).click();
  await expect.poll(ground).toBe(light);
  await page.reload();
  await expect(composer(page)).toBeVisible();
  await expect.poll(ground).toBe(light);
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("button", { name: /Appearance/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect.poll(ground).toBe(dark);
});

test("hides and shows the list, and remembers it", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Hide conversations" }).click();
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await page.reload();
  await page.getByRole("button", { name: "Show conversations" }).click();
  await expect(page.getByRole("navigation")).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

  test("fits without sideways scrolling, with the list in a drawer", async ({ page }) => {
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await open(page);
    await expect.poll(overflow).toBe(0);
    await askAndWait(page, "Show me markdown");
    await askAndWait(page, `A${"a".repeat(300)} and https://library.example/${"x".repeat(200)}`);
    await lastAnswer(page).getByRole("button", { name: "Bad answer" }).tap();
    await expect(page.getByLabel(/What should the answer/)).toBeVisible();
    await expect.poll(overflow).toBe(0);
    const thread = await page.getByRole("log").evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(thread).toBe(0);

    await page.getByRole("button", { name: "Show conversations" }).tap();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expect.poll(overflow).toBe(0);
    await page.getByRole("dialog").getByRole("link", { name: "New conversation" }).tap();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("heading", { name: /Good to see you/ })).toBeVisible();
  });
});

test("works by keyboard alone", async ({ page }) => {
  await open(page);
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type("one");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("two");
  await expect(composer(page)).toHaveValue("one\ntwo");
  await page.keyboard.press("Enter");
  await ended(page);
  await expect(composer(page)).toHaveValue("");

  // Before the message box comes the button for files, and before that the thread: back through the answer's buttons.
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: "Attach a file" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(lastAnswer(page).getByRole("button", { name: "Bad answer" })).toBeFocused();
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
  expect(outline).toBe("solid");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(/Comment/)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(lastAnswer(page).getByRole("button", { name: "Bad answer" })).toBeFocused();

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);

  await page.keyboard.press("Shift+Escape");
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(page.getByLabel("Search conversations")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  // The menu takes the focus a moment after it opens; a hand is slower than that, a test is not.
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await page.keyboard.press("Control+b");
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await page.keyboard.press("Control+Shift+O");
  await expect(answers(page)).toHaveCount(0);
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type("what?");
  await expect(composer(page)).toHaveValue("what?");
});

/** A figure once it has stopped changing: scrolling takes some frames. */
async function settled(read: () => Promise<number>): Promise<number> {
  let last = await read();
  await expect
    .poll(async () => {
      const before = last;
      last = await read();
      return last === before;
    })
    .toBe(true);
  return last;
}

test("keeps the end in view unless the reader scrolls up", async ({ page }) => {
  await open(page);
  await ask(page, "long answer");
  const log = page.getByRole("log");
  const fromEnd = () => log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
  await expect(lastAnswer(page)).toContainText("w400");
  await expect.poll(fromEnd).toBeLessThan(72);
  await log.hover();
  await page.mouse.wheel(0, -900);
  const jump = page.getByRole("button", { name: "Jump to the latest message" });
  await expect(jump).toBeVisible();
  const place = await settled(() => log.evaluate((box) => box.scrollTop));
  await expect(lastAnswer(page)).toContainText("w900");
  expect(Math.abs((await log.evaluate((box) => box.scrollTop)) - place)).toBeLessThan(5);
  await jump.click();
  await expect(jump).toHaveCount(0);
  await expect.poll(fromEnd).toBeLessThan(72);
});

test("a text not sent yet survives a reload", async ({ page }) => {
  await open(page);
  await composer(page).fill("half a thought");
  await page.reload();
  await expect(composer(page)).toHaveValue("half a thought");
});

test.describe("accessibility", () => {
  /** `menu`: one is open; it stands beside the landmarks, as menus do, which one rule of axe does not know. */
  async function check(page: Page, menu = false): Promise<void> {
    // A colour in the middle of its transition is nobody's contrast.
    await page.waitForTimeout(400);
    const { violations } = await new AxeBuilder({ page }).disableRules(menu ? ["region"] : []).analyze();
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([]);
  }

  for (const colorScheme of ["light", "dark"] as const) {
    for (const look of ["wide", "phone", "high contrast"] as const) {
      const phone = look === "phone";
      test(`axe finds nothing: ${colorScheme}, ${look}`, async ({ page }) => {
        test.setTimeout(120_000);
        await page.emulateMedia({ colorScheme, contrast: look === "high contrast" ? "more" : "no-preference" });
        if (phone) await page.setViewportSize(PHONE);
        await open(page);
        await check(page);
        await askAndWait(page, "Show me markdown");
        await askAndWait(page, "How do I get a library card?");
        await lastAnswer(page).getByText("2 sources").click();
        await askAndWait(page, "Football?");
        await lastAnswer(page).getByRole("button", { name: "Answer again" }).click();
        await ended(page);
        await lastAnswer(page).getByRole("button", { name: "Bad answer" }).click();
        await check(page);
        await askAndWait(page, "break it");
        await questions(page).last().hover();
        await questions(page).last().getByRole("button", { name: "Edit" }).click();
        await check(page);
        await page.keyboard.press("Escape");
        await page.getByRole("log").focus();
        await page.keyboard.press("?");
        await check(page);
        await page.keyboard.press("Escape");
        if (phone) await page.getByRole("button", { name: "Show conversations" }).click();
        await page.getByRole("button", { name: /^More for/ }).click();
        await check(page, true);
        await page.getByRole("menuitem", { name: "Delete" }).click();
        await check(page);
      });
    }
  }

  test("motion is reduced when the reader asks for it", async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open(page);
    const duration = await page.locator(".greeting").evaluate((box) => getComputedStyle(box).animationDuration);
    expect(parseFloat(duration)).toBeLessThanOrEqual(0.001);
  });

  test("a finished answer is announced as a whole, not token by token", async ({ page }) => {
    await open(page);
    const status = page.locator("[role=status][aria-live=polite]");
    await ask(page, "slow please");
    await expect(lastAnswer(page)).toContainText("w10");
    await expect(status).not.toContainText("w1");
    await ended(page);
    await expect(status).toContainText("Ada: w1 w2");
  });
});

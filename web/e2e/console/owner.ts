// What the console's tests share: logging in at a real server, looking at a page with axe, and keeping pictures of it.
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Browser, type Page } from "@playwright/test";

export const BASE_URL = process.env["BASE_URL"] ?? "";
const PASSWORD = process.env["PASSWORD"] ?? "a few plain words";

/** The accounts that scripts/serve-example makes. */
export type Account = "olga" | "emil" | "rita";

/** Call at the top of a file: its tests need a real server. */
export function needsServer(): void {
  test.skip(!BASE_URL, "BASE_URL is not set: there is no real server to test against");
  if (BASE_URL) test.use({ baseURL: BASE_URL });
}

/** Logs in by the API, as the page does: the cookie is then the context's. */
export async function logIn(page: Page, account: Account = "olga"): Promise<void> {
  const response = await page.request.post("/api/session", {
    data: { name: account, password: PASSWORD },
    headers: { origin: BASE_URL },
  });
  expect(response.ok(), await response.text()).toBe(true);
}

/** Opens a page of the console and waits until it has drawn its heading. */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(`/console/${path}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator(".loading")).toHaveCount(0);
}

/** Somebody with a browser of their own, who agreed that their words are read where the bot asks for that. */
export async function visitor(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: BASE_URL })).newPage();
  await page.goto("/");
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
  const { text, version } = (await (await page.request.get("/api/privacy")).json()) as Record<string, string>;
  if (text) {
    const data = { granted: true, version };
    await page.request.put("/api/privacy/consent", { data, headers: { origin: BASE_URL } });
  }
  return page;
}

/** Asks in the chat and waits for the whole answer. */
export async function ask(page: Page, question: string): Promise<void> {
  const thumbs = page.getByRole("button", { name: "Good answer" });
  const before = await thumbs.count();
  await page.getByRole("textbox", { name: "Message" }).fill(question);
  await page.keyboard.press("Enter");
  await expect(thumbs).toHaveCount(before + 1, { timeout: 60_000 });
}

const WIDTHS = [380, 768, 1440] as const;

/** 0 violations in both themes, nothing that sticks out at the side, and a picture at three widths. */
export async function lookAt(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  for (const theme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const found = await new AxeBuilder({ page }).analyze();
    expect(found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(", ")}`)).toEqual(
      [],
    );
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, `the page is wider than ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `test-results/pages/${name}-${width}.png`, fullPage: true });
  }
  if (size) await page.setViewportSize(size);
}

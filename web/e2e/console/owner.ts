// What the console's tests share: logging in at a real server, looking at a page with axe, and keeping pictures of it.
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

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

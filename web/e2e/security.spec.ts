// What a hostile model, document or person writes stays words: nothing of it runs, loads, or leaves.
import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import { createServer, type AddressInfo } from "node:net";
import { ask, askAndWait, composer, ended, lastAnswer, open, questions } from "./page";
import { CORPUS } from "./xss-corpus.mjs";

/** A host that counts who calls. All names of the corpus lead to it, so that also a look-up or a bare connection is seen. */
function canary() {
  const calls: string[] = [];
  const server = createServer((socket) => {
    calls.push(`connection from ${socket.remotePort}`);
    socket.once("data", (data) => calls.push(data.toString("latin1").slice(0, 80)));
    socket.destroy();
  });
  return { calls, server };
}

async function watch(page: Page, context: BrowserContext): Promise<string[]> {
  const alarms: string[] = [];
  page.on("dialog", (dialog) => {
    alarms.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    if (!request.url().startsWith("http://127.0.0.1")) alarms.push(`request ${request.url()}`);
  });
  context.on("page", (other) => alarms.push(`another page ${other.url()}`));
  page.on("pageerror", (error) => alarms.push(`error ${error.message}`));
  page.on("console", (entry) => {
    if (/content.security.policy|trusted ?types/i.test(entry.text())) alarms.push(entry.text());
  });
  await context.exposeFunction("tellOfViolation", (what: string) => alarms.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const tell = (window as unknown as { tellOfViolation: (what: string) => void }).tellOfViolation;
      tell(`violation ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return alarms;
}

test.describe("hostile words", () => {
  const { calls, server } = canary();
  test.beforeAll(
    () => new Promise<void>((resolve) => server.listen(Number(process.env["CANARY_PORT"]), "127.0.0.1", resolve)),
  );
  test.afterAll(() => new Promise((resolve) => server.close(resolve)));

  test("the canary hears a call", async ({ page }) => {
    // Otherwise its silence would prove nothing.
    await page.goto("http://evil.example/").catch(() => undefined);
    expect((server.address() as AddressInfo).port).toBe(Number(process.env["CANARY_PORT"]));
    expect(calls.length).toBeGreaterThan(0);
  });

  test("in a stream, in history, in sources, titles, questions and corrections: nothing runs, loads or breaks out", async ({
    page,
    context,
  }) => {
    calls.length = 0;
    expect(CORPUS.length).toBeGreaterThanOrEqual(60);
    const alarms = await watch(page, context);
    await open(page);
    await ask(page, "xss");
    await ended(page);
    const look = async (): Promise<void> => {
      const answer = lastAnswer(page);
      const all = answer.getByRole("button", { name: "Show all of it" });
      if (await all.isVisible()) await all.click();
      await answer.locator("summary").click();
      const found = await page.evaluate(() => {
        const bad =
          "script:not([src]), iframe, object, embed, form:not(.composer, .login), style, link[href^='http'], base";
        const hrefs = [...document.querySelectorAll(".answer a")].map((a) => (a as HTMLAnchorElement).href);
        const images = [...document.querySelectorAll(".answer img")].map((img) => (img as HTMLImageElement).src);
        const handlers = [...document.querySelectorAll("*")].filter((element) =>
          [...element.attributes].some(({ name }) => name.startsWith("on")),
        );
        return {
          bad: document.querySelectorAll(`.answer :is(${bad})`).length,
          hrefs,
          images,
          handlers: handlers.length,
        };
      });
      expect(found.bad).toBe(0);
      expect(found.handlers).toBe(0);
      for (const href of found.hrefs) expect(href).toMatch(/^(https?:|mailto:)/);
      for (const image of found.images) expect(image).toMatch(/^http:\/\/127\.0\.0\.1:/);
    };
    await look();
    await page.reload();
    await ended(page);
    await look();

    // As a question, which is shown as it was written; and in its title.
    await askAndWait(page, CORPUS.filter((each) => !/[\0\uD800\u2028]/.test(each)).join("\n"));
    await expect(questions(page).last().locator(".bubble")).toContainText("<svg onload=alert(1)>");
    for (const title of ["<img src=x onerror=alert(1)>", "![t](https://evil.example/title.png)"]) {
      await page
        .getByRole("button", { name: /^More for/ })
        .first()
        .click();
      await page.getByRole("menuitem", { name: "Rename" }).click();
      await page.getByLabel("New title").fill(title);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("navigation").getByText(title)).toBeVisible();
    }
    // In a correction, which comes back into its box after a reload.
    const saved = page.waitForResponse((response) => response.url().includes("/feedback"));
    await lastAnswer(page).getByRole("button", { name: "Bad answer" }).click();
    await saved;
    await page
      .getByLabel(/What should the answer/)
      .fill("<img src=x onerror=alert(1)> ![c](https://evil.example/c.png)");
    await page.getByLabel(/Comment/).fill("<script>alert(1)</script>");
    await lastAnswer(page).getByRole("button", { name: "Send" }).click();
    await page.reload();
    await ended(page);
    await lastAnswer(page).getByRole("button", { name: "Bad answer" }).click();
    await expect(page.getByLabel(/Comment/)).toHaveValue("<script>alert(1)</script>");
    await expect(page).toHaveURL(/\/c\//);
    expect(alarms).toEqual([]);
    expect(calls).toEqual([]);
  });
});

test("a link shows where it leads, also when it wants to look like another", async ({ page }) => {
  await open(page);
  await ask(page, "xss");
  await ended(page);
  const homoglyph = lastAnswer(page).getByRole("link", { name: /homoglyph/ });
  await expect(homoglyph).toContainText("(xn--");
  const reversed = lastAnswer(page).getByRole("link", { name: /bidi/ });
  await expect(reversed.locator(".link-host")).toHaveText("(evil.example)");
  // What is written backwards ends before the host.
  expect(await reversed.locator(".link-host").evaluate((host) => getComputedStyle(host).unicodeBidi)).toBe("isolate");
});

test("the policy forbids what the page does not need", async ({ page, request }) => {
  const policy = (await request.get("/")).headers()["content-security-policy"] ?? "";
  expect(policy).not.toMatch(/unsafe|\*|https?:|blob:/);
  for (const rule of ["default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"]) {
    expect(policy).toContain(rule);
  }
  await open(page);
  // Not only said, but done: each of these is refused by the browser.
  const tried = await page.evaluate(async () => {
    const refused: Record<string, boolean> = {};
    const attempt = (name: string, run: () => void): void => {
      try {
        run();
        refused[name] = false;
      } catch {
        refused[name] = true;
      }
    };
    attempt("html", () => (document.createElement("div").innerHTML = "<b>x</b>"));
    // Not at once: what a debugger evaluates may evaluate.
    await new Promise<void>((done) =>
      setTimeout(() => {
        attempt("eval", () => void Function("return 1")());
        done();
      }),
    );
    const style = document.createElement("style");
    style.textContent = "body { --mark: 1 }";
    document.head.append(style);
    refused["style"] = getComputedStyle(document.body).getPropertyValue("--mark") === "";
    refused["elsewhere"] = await fetch("http://127.0.0.1:1/").then(
      () => false,
      () => true,
    );
    return refused;
  });
  expect(tried).toEqual({ html: true, eval: true, style: true, elsewhere: true });
});

test("nothing secret is kept where a script could read it", async ({ page, request }) => {
  await request.post("/__test/account");
  try {
    await open(page);
    await askAndWait(page, "Hello there");
    await composer(page).fill("a draft");
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    expect(kept).toContain("a draft");
    expect(kept).not.toContain("secret-token-of-the-session");
    expect(kept).not.toContain("chatwright_visitor");
    expect(await page.content()).not.toContain("secret-token-of-the-session");
  } finally {
    await request.post("/__test/reset");
  }
});

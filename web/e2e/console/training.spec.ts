// The loop of a model in a real browser: train within a budget, see the curve, promote, be answered by it, roll back.
import { expect as expectSoon, test, type Page } from "@playwright/test";
import { BASE_URL, logIn, lookAt, needsServer, openPage } from "./owner";

needsServer();

/** A training beside them takes most of the machine. */
const expect = expectSoon.configure({ timeout: 60_000 });
test.describe.configure({ mode: "serial" });
test.setTimeout(900_000);

const LONG = { timeout: 600_000 };
let release = "";
let before = "";

const served = async (page: Page): Promise<string> =>
  ((await (await page.request.get("/api/bot")).json()) as { release: string }).release;

/** Asks in the chat, and gives the release that answered. */
async function answeredBy(page: Page): Promise<string> {
  const headers = { origin: BASE_URL, "x-csrf-token": await csrf(page) };
  const made = await page.request.post("/api/conversations", { data: {}, headers });
  const { id } = (await made.json()) as { id: string };
  const turn = await page.request.post(`/api/conversations/${id}/turns`, {
    data: { content: "When are you open on Wednesday?", parent_id: null },
    headers,
  });
  expect(turn.ok(), await turn.text()).toBe(true);
  let found = "";
  await expect
    .poll(
      async () => {
        const told = await (await page.request.get(`/api/conversations/${id}`)).json();
        const last = told.messages.at(-1) as { status: string; release: string | null };
        found = last.release ?? "";
        return last.status;
      },
      { timeout: 60_000 },
    )
    .toBe("done");
  return found;
}

const csrf = async (page: Page): Promise<string> =>
  ((await (await page.request.get("/api/session")).json()) as { csrf: string }).csrf;

test("a plan is shown before anything is trained", async ({ page }) => {
  await logIn(page);
  await openPage(page, "training");
  await page.getByLabel("Budget in minutes").fill("0.1");
  await page.getByRole("button", { name: "Show what would be trained" }).click();
  await expect(page.getByRole("heading", { name: "What would be trained" })).toBeVisible(LONG);
  await expect(page.getByText("Expected, bits per byte")).toBeVisible();
  await lookAt(page, "training-plan");
});

test("a training of seconds shows its curve, survives a reload, and is stopped and gone on with", async ({ page }) => {
  await logIn(page);
  before = await served(page);
  await openPage(page, "training");
  await page.getByLabel("Budget in minutes").fill("0.4");
  await page.getByRole("button", { name: "Start training" }).click();
  await expect(page.getByRole("group", { name: "Training" })).toContainText("running");
  const second = await page.request.post("/api/console/training/start", {
    data: { minutes: 1, how: "scratch" },
    headers: { origin: BASE_URL, "x-csrf-token": await csrf(page) },
  });
  expect(second.status()).toBe(409);
  await expect(page.getByText("Training loss, nats per token")).toBeVisible(LONG);
  await page.reload();
  await expect(page.getByText("Training loss, nats per token")).toBeVisible(LONG);
  await lookAt(page, "training");

  const stop = page.getByRole("button", { name: "Stop" });
  if (await stop.isVisible()) {
    await stop.click();
    await expect(page.getByRole("button", { name: "Go on" })).toBeVisible(LONG);
    await page.getByRole("button", { name: "Go on" }).click();
  }
  const link = page.getByRole("group", { name: "Training" }).getByRole("link");
  await expect(link).toBeVisible(LONG);
  release = ((await link.getAttribute("href")) ?? "").split("/").pop() ?? "";
  expect(release).toMatch(/^[0-9a-f]{12}$/);
  expect(await served(page)).toBe(before);
});

test("two trainings are compared, curves over each other", async ({ page }) => {
  await logIn(page);
  await openPage(page, "training");
  const boxes = page.getByRole("checkbox", { name: "Select this row" });
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { name: "Trainings side by side" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What their recipes differ in" })).toBeVisible();
  await lookAt(page, "training-compare");
  await page.getByRole("link", { name: "All trainings" }).click();
  await page.getByRole("cell").getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1, name: /^Training [0-9a-f]{12}$/ })).toBeVisible();
  await lookAt(page, "training-run");
});

test("what the gate refuses is promoted for a reason alone; the chat is answered by it; one click rolls back", async ({
  page,
}) => {
  await logIn(page);
  await openPage(page, `releases/${release}`);
  await expect(page.getByText("candidate", { exact: true })).toBeVisible();
  await lookAt(page, "release");
  await page.getByRole("button", { name: "Promote" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Serve it whatever the gate says").check();
  await dialog.getByRole("button", { name: "Promote" }).click();
  await expect(dialog.getByRole("alert")).toContainText("for a reason");
  await dialog.getByLabel("Reason").fill("to see it answer");
  await dialog.getByRole("button", { name: "Promote" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("served", { exact: true })).toBeVisible(LONG);
  await expect.poll(() => served(page), LONG).toBe(release);
  expect(await answeredBy(page)).toBe(release);

  await page.getByRole("tab", { name: "Gate" }).click();
  await expect(page.getByText(`against ${before}`).first()).toBeVisible();
  await lookAt(page, "release-gate");

  await openPage(page, "releases");
  await expect(page.getByRole("cell", { name: "to see it answer" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "olga" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Roll back" }).click();
  await expect(page.getByRole("alertdialog")).toContainText(before);
  await lookAt(page, "releases-rollback");
  await page.getByRole("alertdialog").getByRole("button", { name: "Roll back" }).click();
  await expect(page.getByText(`Release ${before} is served again.`)).toBeVisible();
  await expect.poll(() => served(page), { timeout: 60_000 }).toBe(before);
  expect(await answeredBy(page)).toBe(before);
});

test("a canary is started and stopped, and a link for testers is shown once", async ({ page }) => {
  await logIn(page);
  await openPage(page, `releases/${release}`);
  await page.getByRole("button", { name: "Start a canary" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Start a canary" }).click();
  await expect(page.getByRole("alertdialog")).toBeHidden({ timeout: 30_000 });
  await openPage(page, "releases");
  await expect(page.getByText(`Release ${release} beside ${before}`)).toBeVisible();
  await lookAt(page, "releases-canary");
  await page.getByRole("button", { name: "Stop it" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Stop it" }).click();
  await expect(page.getByText("stopped", { exact: true })).toBeVisible();

  await openPage(page, `releases/${release}`);
  await page.getByRole("button", { name: "Invite testers" }).click();
  await page.getByLabel("What to try, a task on each line").fill("Ask for the hours");
  await page.getByRole("button", { name: "Make the link" }).click();
  await expect(page.getByLabel("Link for testers")).toHaveValue(/\/staging\/[\w-]{43}$/);
  await page.getByRole("button", { name: "Close" }).click();
  await openPage(page, "releases");
  await page.getByRole("button", { name: "Revoke" }).first().click();
  await expect(page.getByText("The link is revoked.")).toBeVisible();
});

test("the report stands in a frame that may run nothing", async ({ page }) => {
  const problems: string[] = [];
  page.on("console", (entry) => {
    if (/Content.Security.Policy/i.test(entry.text())) problems.push(entry.text());
  });
  await logIn(page);
  await openPage(page, `releases/${before}`);
  await page.getByText("The whole report").click();
  const frame = page.frameLocator("iframe[title='Report of this release']");
  await expect(frame.getByRole("heading").first()).toBeVisible({ timeout: 30_000 });
  await expect(page.locator("iframe.report-frame")).toHaveAttribute("sandbox", "");
  expect(problems).toEqual([]);
});

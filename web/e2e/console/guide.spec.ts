// From an empty folder to an answer in the chat, in a real browser against a real server of its own.
import { expect as expectSoon, test, type Page } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { lookAt, needsServer } from "./owner";

needsServer();

/** A training beside them takes most of the machine. */
const expect = expectSoon.configure({ timeout: 60_000 });
test.describe.configure({ mode: "serial" });
test.setTimeout(600_000);

const ROOT = resolve(import.meta.dirname, "../../..");
const PASSWORD = "a few plain words";
const LONG = { timeout: 500_000 };

interface Started {
  address: string;
  owner_token: string;
}

let folder = "";
let server: ChildProcess;
let started: Started;

/** `chatwright studio` on a free port; the first line that it prints says where, and how the owner comes in. */
async function studio(bot: string): Promise<[ChildProcess, Started]> {
  const program = process.env["PYTHON"] ?? join(ROOT, ".venv/bin/python");
  const child = spawn(program, ["-m", "chatwright.cli", "studio", bot, "--port", "0", "--json"], {
    env: { ...process.env, PYTHONPATH: join(ROOT, "src"), OMP_NUM_THREADS: "2" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line) as Partial<Started>;
    if (!told.address) throw new Error(line);
    return [child, told as Started];
  }
  throw new Error("the studio did not start");
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await gone;
}

test.beforeAll(async () => {
  test.setTimeout(240_000);
  folder = mkdtempSync(join(tmpdir(), "guide-"));
  [server, started] = await studio(join(folder, "mybot"));
});

test.afterAll(async () => {
  await end(server);
  rmSync(folder, { recursive: true, force: true });
});

async function logIn(page: Page): Promise<void> {
  await page.goto(`${started.address}/console/guide`);
  await page.getByLabel("Name", { exact: true }).fill("olga");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Guide" })).toBeVisible();
}

test("nobody but the owner can make a bot", async ({ request }) => {
  const origin = { origin: started.address };
  const state = await request.get(`${started.address}/api/console/guide`);
  expect(state.status(), await state.text()).toBe(403);
  const build = await request.post(`${started.address}/api/console/guide/build`, {
    data: { minutes: 1, way: "model" },
    headers: origin,
  });
  expect(build.status(), await build.text()).toBe(403);
});

test("purpose, data, and it goes on where it was after the server was started again", async ({ page }) => {
  await page.goto(`${started.address}/console/guide#owner=${started.owner_token}`);
  await page.getByLabel("Name", { exact: true }).fill("olga");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Guide" })).toBeVisible();
  await expect(page.getByLabel("Purpose, in one sentence")).toBeVisible();
  await lookAt(page, "guide-purpose");

  await page.getByLabel("Purpose, in one sentence").fill("Answers visitors' questions about our library.");
  await page.getByLabel("Name that people see").fill("Alderbrook Library");
  await page.getByLabel("What it answers, a topic on each line").fill("opening hours\ncards\nloans");
  await page.getByLabel("What it declines, on lines of their own").fill("medical advice");
  await page.getByRole("button", { name: "Next" }).click();

  await expect(page.getByLabel("Choose files")).toBeVisible();
  await page.getByLabel("Choose files").setInputFiles({
    name: "notes.exe",
    mimeType: "application/octet-stream",
    buffer: Buffer.from("MZ"),
  });
  await expect(page.getByRole("alert")).toContainText("no kind that can be read");
  await page.getByRole("button", { name: "Try it with a sample" }).click();
  await expect(page.getByRole("cell", { name: "opening-hours.md", exact: true })).toBeVisible({ timeout: 240_000 });
  await expect(page.getByText("read as", { exact: false }).first()).toBeVisible();

  await page.getByLabel("Choose files").setInputFiles([
    {
      name: "questions.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("question,answer\nMay I bring my dog?,Only guide dogs may come in.\n,no question\n"),
    },
    { name: "empty.csv", mimeType: "text/csv", buffer: Buffer.from("question,answer\n") },
  ]);
  await expect(page.getByRole("cell", { name: "questions.csv", exact: true })).toBeVisible({ timeout: 240_000 });
  await expect(page.getByRole("alert").filter({ hasText: "Nothing in" }).first()).toBeVisible({ timeout: 240_000 });
  await lookAt(page, "guide-data");

  await end(server);
  [server, started] = await studio(join(folder, "mybot"));
  await page.goto(`${started.address}/console/guide`); // who was logged in still is
  await expect(page.getByRole("heading", { level: 1, name: "Guide" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Purpose" }).first()).toContainText("done");
  await expect(page.getByRole("button", { name: "Make it" })).toBeVisible();
});

test("a budget of seconds, evaluated, served, and asked in the chat of the same address", async ({ page }) => {
  await logIn(page);
  await page.getByLabel("Budget in minutes").fill("0.3");
  await lookAt(page, "guide-build");
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(page.getByText("running").first()).toBeVisible({ timeout: 30_000 });
  await page.reload();
  await expect(page.getByText("running").first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Your bot answers")).toBeVisible(LONG);
  await expect(page.getByText("test questions in its scope")).toBeVisible();
  await lookAt(page, "guide-served");

  await page.getByRole("link", { name: "Talk to it" }).click();
  await page.getByRole("textbox").last().fill("When is Main Street open on Wednesday?");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("article").last()).toContainText(/[a-z]{3}/i, { timeout: 60_000 });
  const bot = await (await page.request.get(`${started.address}/api/bot`)).json();
  expect(bot.title).toBe("Alderbrook Library");
});

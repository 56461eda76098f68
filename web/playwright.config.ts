import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";

// No browser is downloaded: the one of the system is used.
const chromium = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
]
  .filter((path) => path !== undefined && path !== "")
  .find((path) => existsSync(path as string));
if (!chromium) throw new Error("No Chromium found. Install one, or set CHROMIUM_PATH to its program.");

const port = process.env["FAKE_PORT"] ?? "4199";
// Where the names of hostile messages lead to; see e2e/security.spec.ts.
const canary = (process.env["CANARY_PORT"] ??= String(Number(port) + 1000));

export default defineConfig({
  testDir: "e2e",
  workers: 1,
  // A second try tells a busy machine from a broken page; what needed one is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  fullyParallel: false,
  timeout: 45_000,
  expect: { timeout: 8_000 },
  reporter: "list",
  outputDir: "test-results",
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    trace: "retain-on-failure",
    permissions: ["clipboard-read", "clipboard-write"],
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        `--host-resolver-rules=MAP *.example 127.0.0.1:${canary}`,
      ],
    },
  },
  webServer: {
    command: "node e2e/fake-server.mjs",
    env: { FAKE_PORT: port },
    url: `http://127.0.0.1:${port}/api/bot`,
    reuseExistingServer: false,
  },
});

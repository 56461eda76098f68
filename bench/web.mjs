// The browser's part of web.py: drives Chromium against the built page and prints one JSON object.
//
//     node bench/web.mjs ADDRESS RUNS
//
// It takes Playwright and the large conversation from web/, and says nothing of its own about what the figures mean.
import { createRequire } from "node:module";
import { largeConversation } from "../web/e2e/large.mjs";

const { chromium } = createRequire(new URL("../web/package.json", import.meta.url))("@playwright/test");
const [address, runs] = [process.argv[2], Number(process.argv[3])];
const MESSAGES = 1_000;
const THROTTLE = 4;
const QUIET_MS = 1_500; // without a long task after the message box: then it was interactive

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

/** A page of a browser that has never been here, and a line to its insides. */
async function fresh() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const inside = await context.newCDPSession(page);
  return { context, page, inside };
}

const ready = (page) => page.locator("#composer").waitFor();

/** Bytes of contents, compressed, until the message box is there and until the page rests; answers of the API among them. */
async function firstLoad() {
  const { context, page, inside } = await fresh();
  let bytes = 0;
  await inside.send("Network.enable");
  inside.on("Network.dataReceived", (event) => (bytes += event.encodedDataLength));
  const rest = page.goto(address, { waitUntil: "networkidle" });
  await ready(page);
  const first = bytes;
  await rest;
  await context.close();
  return { first: first / 1000, all: bytes / 1000 };
}

/** From the start of the navigation until the message box is there and no long task follows, on a slowed processor. */
async function interactive() {
  const { context, page, inside } = await fresh();
  await inside.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
  await page.addInitScript(() => {
    window.seen = { box: 0, tasks: [] };
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) window.seen.tasks.push([task.startTime, task.startTime + task.duration]);
    }).observe({ type: "longtask", buffered: true });
    const look = () => {
      if (document.getElementById("composer")) window.seen.box = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(address);
  await ready(page);
  await page.waitForTimeout(QUIET_MS);
  const { box, tasks } = await page.evaluate(() => window.seen);
  await context.close();
  // The last long task that began before the box was there, or right after it; later ones would be listed as well.
  return Math.max(box, ...tasks.map(([, end]) => end));
}

async function openLarge() {
  const opened = await fresh();
  const { page } = opened;
  const json = largeConversation(MESSAGES);
  await page.route("**/api/conversations/big", (route) => route.fulfill({ json }));
  await page.goto(`${address}/c/big`);
  await page.waitForFunction((count) => document.querySelectorAll("article").length === count, MESSAGES);
  await page.waitForTimeout(500);
  return opened;
}

/** Frames a second while the wheel turns through all of it, up and down again; and the share of frames that came late. */
async function scroll() {
  const { context, page, inside } = await openLarge();
  await page.evaluate(() => {
    window.frames = [];
    const note = (time) => {
      window.frames.push(time);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  const began = await page.evaluate(() => performance.now());
  for (const yDistance of [12_000, -6_000, 12_000]) {
    await inside.send("Input.synthesizeScrollGesture", { x: 700, y: 300, yDistance, speed: 5_000, gestureSourceType: "mouse" });
  }
  const frames = (await page.evaluate(() => window.frames)).filter((time) => time >= began);
  await context.close();
  const gaps = frames.slice(1).map((time, i) => time - frames[i]);
  const seconds = (frames.at(-1) - frames[0]) / 1000;
  return { fps: gaps.length / seconds, late: gaps.filter((gap) => gap > 34).length / gaps.length };
}

/** The share of the time that the main thread is busy while 200 tokens a second arrive. */
async function streaming() {
  const { context, page, inside } = await fresh();
  await inside.send("Performance.enable");
  await page.goto(address);
  await ready(page);
  await page.waitForTimeout(500);
  const look = async () => {
    const { metrics } = await inside.send("Performance.getMetrics");
    const of = (name) => metrics.find((each) => each.name === name).value;
    return { busy: of("TaskDuration"), at: of("Timestamp"), characters: await page.evaluate(() => document.body.innerText.length) };
  };
  await page.locator("#composer").fill("rapid");
  await page.keyboard.press("Enter");
  await page.locator(".from-assistant .prose").waitFor();
  await page.waitForTimeout(1_000);
  const before = await look();
  await page.waitForTimeout(6_000);
  const after = await look();
  await context.close();
  return { share: (after.busy - before.busy) / (after.at - before.at), grown: after.characters - before.characters };
}

async function times(measure) {
  const found = [];
  for (let run = 0; run < runs; run++) found.push(await measure());
  return found;
}

try {
  const result = {
    first_load: await times(firstLoad),
    interactive: await times(interactive),
    scroll: await times(scroll),
    streaming: await times(streaming),
    browser: browser.version(),
  };
  console.log(JSON.stringify(result));
} finally {
  await browser.close();
}

// Makes the pictures that a phone or desktop shows for the installed page from public/favicon.svg, in the system's Chromium.
// Run by hand when the mark changes: node scripts/icons.mjs
import { chromium } from "@playwright/test";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../public/", import.meta.url));
const mark = `data:image/svg+xml;base64,${readFileSync(`${folder}favicon.svg`).toString("base64")}`;
// Of a maskable one the outer fifth may be cut off, whatever shape the system likes.
const ICONS = [
  { file: "icon-192.png", size: 192, share: 1, ground: "transparent" },
  { file: "icon-512.png", size: 512, share: 1, ground: "transparent" },
  { file: "icon-maskable.png", size: 512, share: 0.62, ground: "#f3f4ef" },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
for (const { file, size, share, ground } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const side = Math.round(size * share);
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${ground}"><img width="${side}" height="${side}" src="${mark}">`,
  );
  await page.screenshot({ path: `${folder}${file}`, omitBackground: true });
  await page.close();
}
await browser.close();

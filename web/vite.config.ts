import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { budget } from "./scripts/budget.mjs";
import { packed } from "./scripts/packed.mjs";

export default defineConfig({
  plugins: [react(), budget(), packed()],
  resolve: {
    alias: { "react-style-singleton": fileURLToPath(new URL("src/shared/style-singleton.ts", import.meta.url)) },
  },
  build: {
    // The Python package serves and ships this folder; it is made here and never edited.
    outDir: "../src/chatwright/server/web",
    emptyOutDir: true,
    // Inlined assets would be data: URLs, which the content security policy allows for images only.
    assetsInlineLimit: 0,
    // What the first load may weigh is checked by scripts/budget.mjs, exactly and compressed.
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
    // The page, and the chat in a frame on other sites. What a site includes is built by vite.widget.config.ts.
    rolldownOptions: { input: ["index.html", "widget.html"] },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"] },
});

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    // The Python package serves and ships this folder; it is made here and never edited.
    outDir: "../src/chatwright/server/web",
    emptyOutDir: true,
    // Inlined assets would be data: URLs, which the content security policy allows for images only.
    assetsInlineLimit: 0,
    // Minified, before compression. The first load must stay below 250 kB compressed, which is about 800 kB here.
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
    // The page, and the chat in a frame on other sites. What a site includes is built by vite.widget.config.ts.
    rolldownOptions: { input: ["index.html", "widget.html"] },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"] },
});

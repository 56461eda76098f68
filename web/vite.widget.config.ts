// The script that sites include: one file without a framework, beside the pages that vite.config.ts builds.
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../src/chatwright/server/web",
    emptyOutDir: false,
    target: "es2022",
    lib: {
      entry: "src/widget/loader/main.ts",
      formats: ["iife"],
      name: "chatwrightWidget",
      fileName: () => "widget.js",
    },
  },
});

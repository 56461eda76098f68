// What the chat's first load may weigh, compressed. A build that is heavier fails.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export const FIRST_LOAD_KB = 180; // 1 kB is 1,000 bytes

const weigh = (content) => gzipSync(content, { level: 9 }).length;

/** The files that a browser needs before the chat is there: the page's entries, and what these import, transitively. */
export function firstLoad(bundle, page) {
  const found = new Set();
  const visit = (name) => {
    const file = bundle[name];
    if (!file || found.has(name)) return;
    found.add(name);
    if (file.type !== "chunk") return;
    file.imports.forEach(visit);
    file.viteMetadata?.importedCss.forEach(visit);
  };
  for (const [name, file] of Object.entries(bundle)) {
    if (name === "index.html" || (file.type === "chunk" && file.isEntry && file.facadeModuleId === page)) visit(name);
  }
  return [...found];
}

/** A plugin for Vite. */
export function budget() {
  let page = "";
  return {
    name: "budget",
    apply: "build",
    enforce: "post",
    configResolved(config) {
      page = join(config.root, "index.html");
    },
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const parts = firstLoad(bundle, page).map((name) => [name, weigh(bundle[name].code ?? bundle[name].source)]);
        for (const name of ["theme.js"])
          parts.push([name, weigh(readFileSync(new URL(`../public/${name}`, import.meta.url)))]);
        const total = parts.reduce((sum, [, bytes]) => sum + bytes, 0) / 1000;
        const told = `First load of the chat: ${total.toFixed(1)} kB gzip of ${FIRST_LOAD_KB}`;
        if (total > FIRST_LOAD_KB) {
          const list = parts
            .sort((a, b) => b[1] - a[1])
            .map(([name, bytes]) => `  ${(bytes / 1000).toFixed(1)} ${name}`);
          this.error(`${told}. Load something of this later, or do without it:\n${list.join("\n")}`);
        }
        console.log(told);
      },
    },
  };
}

// Makes src/shared/schema.d.ts from the server's own description; with --check only says whether it is in step.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
const target = fileURLToPath(new URL("../src/shared/schema.d.ts", import.meta.url));
const python = [`${root}.venv/bin/python`].find((path) => existsSync(path)) ?? "python3";
const described = execFileSync(python, [`${root}scripts/openapi`], { maxBuffer: 64 * 2 ** 20 });
const made =
  "// Made by `npm run client` from the server's description; do not edit.\n\n" +
  astToString(await openapiTS(JSON.parse(described.toString())));

if (!process.argv.includes("--check")) {
  writeFileSync(target, made);
} else if (!existsSync(target) || readFileSync(target, "utf8") !== made) {
  console.error("src/shared/schema.d.ts is not what the server says. Run `npm run client` in web/ and commit it.");
  process.exit(1);
}

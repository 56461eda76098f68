import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import tseslint from "typescript-eslint";

// Imports go down only: widget -> app -> features -> shared. Features are on one floor and blind to each other.
const FLOORS = ["shared", "features", "app", "widget"];
const SRC = fileURLToPath(new URL("./src", import.meta.url));

/** Where a file of ours lives: its floor, and within features which one. Null outside of src. */
function placeOf(file) {
  const [floor, feature] = relative(SRC, file).split(sep);
  return FLOORS.includes(floor) ? { height: FLOORS.indexOf(floor), floor, feature } : null;
}

/** Our imports are relative, so their place follows from the path alone. */
const floors = {
  create: (context) => ({
    "ImportDeclaration, ImportExpression, ExportNamedDeclaration, ExportAllDeclaration"(node) {
      const path = node.source?.value;
      if (typeof path !== "string" || !path.startsWith(".")) return;
      const here = placeOf(context.filename);
      const there = placeOf(resolve(dirname(context.filename), path));
      if (!here || !there) return;
      if (there.height > here.height) {
        context.report({ node, message: `${here.floor} imports nothing from ${there.floor}, which is above it.` });
      } else if (here.floor === "features" && there.floor === "features" && here.feature !== there.feature) {
        context.report({ node, message: "Features do not know each other; move what they share to src/shared." });
      }
    },
  }),
};

export default tseslint.config(
  { ignores: ["node_modules", "test-results", "playwright-report", "src/shared/schema.d.ts"] },
  js.configs.recommended,
  tseslint.configs.strict,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { own: { rules: { floors } }, "react-hooks": reactHooks },
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "own/floors": "error",
      "max-lines": ["error", 400],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportAllDeclaration", message: "No barrels: import from the file that defines it." },
        { selector: "ExportNamedDeclaration[source]", message: "No barrels: import from the file that defines it." },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Never raw HTML." },
      ],
    },
  },
  { files: ["**/*.tsx"], rules: { "max-lines": ["error", 200] } },
  { files: ["public/*.js"], languageOptions: { globals: globals.browser, sourceType: "script" } },
  { files: ["e2e/*.mjs", "scripts/*.mjs", "*.js"], languageOptions: { globals: globals.node } },
);

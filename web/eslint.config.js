import js from "@eslint/js";
import globals from "globals";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

// Imports go down only: app -> features -> shared. Features are on one floor and blind to each other.
const features = readdirSync(new URL("./src/features", import.meta.url));
const floors = [
  { target: "./src/shared", from: ["./src/features", "./src/app"], message: "shared imports nothing from above." },
  { target: "./src/features", from: "./src/app", message: "features do not know the app." },
  ...features.map((name) => ({
    target: `./src/features/${name}`,
    from: "./src/features",
    except: [`./${name}`],
    message: "features do not know each other; move what they share to src/shared.",
  })),
];

export default tseslint.config(
  { ignores: ["node_modules", "test-results", "playwright-report"] },
  js.configs.recommended,
  tseslint.configs.strict,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "import-x": importX, "react-hooks": reactHooks },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "import-x/no-restricted-paths": ["error", { zones: floors }],
      "import-x/no-cycle": "error",
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
  { files: ["e2e/*.mjs", "*.js"], languageOptions: { globals: globals.node } },
);

// The message files: no text that nothing shows. That none is missing in a language, its type says already.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../../..");

/** The compiler's own knowledge of who uses what, through any alias; a regular expression would guess. */
function project(): ts.LanguageService {
  const file = resolve(root, "tsconfig.json");
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const names = fileNames.filter((name) => name.includes("/src/") && !name.includes(".test."));
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => names,
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) =>
      ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined,
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
    fileExists: (name) => ts.sys.fileExists(name),
    readFile: (name, encoding) => ts.sys.readFile(name, encoding),
    readDirectory: (...given) => ts.sys.readDirectory(...given),
    directoryExists: (name) => ts.sys.directoryExists(name),
    getDirectories: (name) => ts.sys.getDirectories(name),
  });
}

const service = project();
const sources = new Map<string, string>();

function sourceOf(name: string): string {
  const known = sources.get(name) ?? readFileSync(name, "utf8");
  sources.set(name, known);
  return known;
}

/** Whether what stands at a place is taken as a whole or by a computed key, and so every part of it. */
function takenWhole(name: string, position: number, depth = 0): boolean {
  const uses = service.getReferencesAtPosition(name, position) ?? [];
  return uses.some(({ fileName, textSpan }) => {
    if (fileName.includes("/messages/")) return false;
    const source = sourceOf(fileName);
    const after = source.slice(textSpan.start + textSpan.length).trimStart();
    if (/^(\[|\?\.\[|\)|,|\}|=>|as )/.test(after)) return true;
    // `const words = text.chat;` is another name for it.
    const before = source.slice(0, textSpan.start);
    // As a list by names that come from elsewhere.
    if (/: (Readonly<)?(Partial<)?Record<[^=]*= [\w.]*$/.test(before)) return true;
    const alias = depth < 2 && after.startsWith(";") && /const (\w+) =[^;{}()]*$/.exec(before);
    return alias ? takenWhole(fileName, alias.index + "const ".length, depth + 1) : false;
  });
}

function used(name: string, position: number): boolean {
  return (service.getReferencesAtPosition(name, position) ?? []).some(
    ({ fileName }) => !fileName.includes("/messages/"),
  );
}

/** The places of all texts in an object literal that nothing uses, by their path. */
function unusedIn(file: ts.SourceFile, node: ts.ObjectLiteralExpression, path: string): string[] {
  return node.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property)) return [];
    const at = property.name.getStart(file);
    const here = `${path}.${property.name.getText(file)}`;
    if (takenWhole(file.fileName, at)) return [];
    if (ts.isObjectLiteralExpression(property.initializer)) return unusedIn(file, property.initializer, here);
    return used(file.fileName, at) ? [] : [here];
  });
}

/** A group is reached as a property of `en`, which is another thing to the compiler than the constant. */
function groupTakenWhole(group: string, name: string): boolean {
  const whole = resolve(here, name.includes("/console/") ? "console/en.ts" : "en.ts");
  const source = sourceOf(whole);
  const at = new RegExp(`^  ${group},$`, "m").exec(source);
  return at !== null && takenWhole(whole, at.index + 2);
}

function unused(name: string): string[] {
  const file = service.getProgram()?.getSourceFile(name);
  if (!file) throw new Error(`${name} is not part of the project`);
  return file.statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name: group, initializer }) => {
      if (!initializer || !ts.isObjectLiteralExpression(initializer)) return [];
      if (groupTakenWhole(group.getText(file), name)) return [];
      return unusedIn(file, initializer, group.getText(file));
    });
  });
}

const sections = [...ts.sys.readDirectory(resolve(here, "en")), ...ts.sys.readDirectory(resolve(here, "console/en"))];

// The compiler reads the whole project first.
describe("the message files", { timeout: 120_000 }, () => {
  it("are found", () => expect(sections.length).toBeGreaterThan(15));
  it.each(sections)("hold no text that nothing shows: %s", (name) => {
    expect(unused(name)).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { NODE_DOORS, ROOMS, WITHOUT_NODE } from "./rooms.js";

interface Import {
  readonly from: string;
  /** A path below src, or the name of a package. */
  readonly to: string;
  readonly isType: boolean;
}

const src = join(dirname(fileURLToPath(import.meta.url)), "..", "src");

/** Every import of a source text. Imports of types alone are found by `verbatimModuleSyntax`'s rule: they say `type`. */
function importsOf(file: string, text: string): Import[] {
  const types = new Set<string>();
  const values = new Set<string>();
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    if (statement.moduleSpecifier === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    (isTypeOnly(statement) ? types : values).add(statement.moduleSpecifier.text);
  }
  // the scanner of imports does not see `export * as name from`
  const scanned = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  return [...new Set([...scanned, ...types, ...values])].map((fileName) => ({
    from: file,
    to: fileName.startsWith(".") ? join(dirname(file), fileName).replace(/\.js$/, ".ts") : fileName,
    isType: types.has(fileName) && !values.has(fileName),
  }));
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const clause = statement.importClause;
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

const isInside = (path: string): boolean => path.endsWith(".ts");
const roomOf = (path: string): string => path.split("/")[0].replace(/\.ts$/, "");

/** The innermost place with a door that a file lies in: `data/files/embed.ts` in `data/files`, `data/split.ts` in `data`. */
function placeOf(path: string): string {
  const [room, folder] = path.split("/");
  const doors = ROOMS[roomOf(path)]?.doors ?? [];
  return path.split("/").length > 2 && doors.includes(folder) ? `${room}/${folder}` : roomOf(path);
}

function matches(path: string, pattern: string): boolean {
  if (pattern.endsWith("/**")) return path.startsWith(pattern.slice(0, -2));
  if (pattern.endsWith("/*")) return dirname(path) === pattern.slice(0, -2);
  return path === pattern;
}

/** What is wrong with one import; nothing when all is well. */
function faults({ from, to, isType }: Import): string[] {
  const isOfBrowser = WITHOUT_NODE.some((pattern) => matches(from, pattern));
  if (!isInside(to)) {
    return isOfBrowser && to.startsWith("node:") ? [`${from} imports ${to}, and a browser runs it`] : [];
  }
  const [room, other] = [roomOf(from), roomOf(to)];
  const found: string[] = [];
  if (ROOMS[room] === undefined) return [`${from} lies in no known room`];
  if (ROOMS[other] === undefined) return [`${from} imports ${to}, which lies in no known room`];
  if (room !== other && !ROOMS[room].imports.includes(other)) {
    found.push(
      `${from} imports ${to}: ${room} may import ${ROOMS[room].imports.join(", ") || "no other room"}`,
    );
  }
  const place = placeOf(to);
  const isDoor = to === `${place}/index.ts` || to === `${place}.ts`;
  if (placeOf(from) !== place && !isDoor && (room !== other || place !== room)) {
    found.push(`${from} imports ${to}: enter ${place} by ${place}/index.ts`);
  }
  if (isOfBrowser && !isType && NODE_DOORS.includes(place)) {
    found.push(`${from} imports ${to}, which uses Node, and a browser runs it`);
  }
  return found;
}

/** The first circle of files that import each other, values or types, or undefined. */
function circle(imports: readonly Import[]): string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) {
    if (isInside(to)) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (finished.has(file)) return undefined;
    for (const to of next.get(file) ?? []) {
      const found = visit(to, [...path, file]);
      if (found !== undefined) return found;
    }
    finished.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const found = visit(file, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

const everything = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"))
  .sort();
// tests and fixtures may reach for anything; kernels are AssemblyScript, a program of their own
const files = everything.filter(
  (path) => !/\.test\.ts$|\.d\.ts$|\/fixtures\/|^engine\/wasm\/kernels\//.test(path),
);
const imports = files.flatMap((path) => importsOf(path, readFileSync(join(src, path), "utf8")));

describe("the rooms of src", () => {
  test("imports follow the arrows, enter by doors, and leave Node out where a browser runs", () => {
    expect(files.length).toBeGreaterThan(80);
    expect(imports.length).toBeGreaterThan(200);
    expect(imports.flatMap(faults)).toEqual([]);
  });

  test("no circle of files", () => {
    expect(circle(imports)).toBeUndefined();
  });

  test("every relative import is a file", () => {
    const known = new Set(everything);
    const lost = imports.filter(({ to }) => isInside(to) && !known.has(to));
    expect(lost).toEqual([]);
  });

  test("arrows have no circle", () => {
    const arrows = Object.entries(ROOMS).flatMap(([from, { imports: rooms }]) =>
      rooms.map((to) => ({ from: `${from}.ts`, to: `${to}.ts`, isType: false })),
    );
    expect(circle(arrows)).toBeUndefined();
  });
});

describe("the checker finds what is wrong", () => {
  const check = (file: string, text: string): string[] => importsOf(file, text).flatMap(faults);

  test.each([
    ["core/random.ts", 'import { fit } from "../train/index.js";', "core may import no other room"],
    [
      "families/pal-a.ts",
      'import type { Engine } from "../engine/index.js";',
      "families may import core, data, graph",
    ],
    ["figures/figure.ts", 'export { fit } from "../train/index.js";', "figures may import core"],
    ["train/fit.ts", 'import { checkKeys } from "../core/check.js";', "enter core by core/index.ts"],
    ["data/files/embed.ts", 'import { x } from "../../evaluate/index.js";', "data may import core"],
    [
      "evaluate/sweep/sweep.ts",
      'import { embed } from "../../data/files/embed.js";',
      "enter data/files by data/files/index.ts",
    ],
    ["data/split.ts", 'import { embed } from "./files/index.js";', "which uses Node"],
    ["data/split.ts", 'import { writeAtomically } from "../files/index.js";', "which uses Node"],
    [
      "evaluate/sweep/store.ts",
      'import { x } from "../experiments/persona.js";',
      "enter evaluate/experiments by",
    ],
    ["data/files/embed.ts", 'import { x } from "../../core/hash.js";', "enter core by core/index.ts"],
    ["core/hash.ts", 'import { createHash } from "node:crypto";', "core/hash.ts imports node:crypto"],
    ["engine/wasm/runtime.ts", 'const fs = await import("node:fs");', "imports node:fs"],
    ["figures/theme/text.ts", 'import "node:fs";', "imports node:fs"],
    ["kitchen/cook.ts", 'import { x } from "../core/index.js";', "kitchen/cook.ts lies in no known room"],
    ["core/random.ts", 'import { x } from "../kitchen/index.js";', "lies in no known room"],
    ["notebook/kernel.ts", 'import { x } from "../data/index.js";', "notebook may import core"],
  ])("%s: %s", (file, text, message) => {
    const found = check(file, text);
    expect(found.join("\n")).toContain(message);
    expect(found).toHaveLength(1);
  });

  test.each([
    ["train/fit.ts", 'import { checkKeys } from "../core/index.js";'],
    ["data/files/embed.ts", 'import { readFile } from "node:fs";\nimport { x } from "../index.js";'],
    ["data/files/embed.ts", 'import { x } from "../persona.js";'],
    [
      "evaluate/sweep/sweep.ts",
      'import { x } from "../experiments/index.js";\nimport { y } from "../../data/files/index.js";',
    ],
    [
      "engine/wasm/engine.ts",
      'import { x } from "./networks/index.js";\nimport type { y } from "../engine.js";',
    ],
    ["cli/run.ts", 'import { x } from "../index.js";'],
  ])("%s: %s is fine", (file, text) => {
    expect(check(file, text)).toEqual([]);
  });

  test("circles are found, those of types as well", () => {
    const between = (a: string, b: string): Import[] => [
      ...importsOf("core/a.ts", `import ${a} from "./b.js";`),
      ...importsOf("core/b.ts", `import ${b} from "./a.js";`),
    ];
    expect(circle(between("{ x }", "{ y }"))).toEqual(["core/a.ts", "core/b.ts", "core/a.ts"]);
    expect(circle(between("type { x }", "{ y }"))).toBeDefined();
    expect(circle(between("{ type x, z }", "{ y }"))).toBeDefined();
    expect(circle(importsOf("core/a.ts", 'import { x } from "./b.js";'))).toBeUndefined();
  });

  test("places with doors", () => {
    expect(placeOf("data/files/embed.ts")).toBe("data/files");
    expect(placeOf("data/split.ts")).toBe("data");
    expect(placeOf("index.ts")).toBe("index");
  });
});

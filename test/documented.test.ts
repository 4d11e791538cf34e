import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

/** What is exported, by how it is reached, and whether a comment says what it is. */
type Documented = ReadonlyMap<string, boolean>;

/** All that files export, namespaces and what is in them, methods and functions that members hold: what the reference lists (typedoc.json). */
function documented(files: readonly string[]): Documented {
  const program = ts.createProgram(files, {
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    ...{ target: ts.ScriptTarget.ES2022, lib: ["lib.es2023.d.ts"], noEmit: true, types: [] },
  });
  const checker = program.getTypeChecker();
  const found = new Map<string, boolean>();
  const isOwn = (symbol: ts.Symbol): boolean =>
    symbol.declarations?.some((node) => !/\/node_modules\//.test(node.getSourceFile().fileName)) ?? false;
  const note = (name: string, symbol: ts.Symbol): void => {
    found.set(name, ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() !== "");
  };
  const visitMembers = (name: string, symbol: ts.Symbol): void => {
    for (const member of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)))
      if (isOwn(member) && isCallable(member)) note(`${name}.${member.name}`, member);
  };
  const isCallable = (member: ts.Symbol): boolean => {
    const [node] = member.declarations ?? [];
    if (node === undefined || ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) return false;
    return checker.getTypeOfSymbolAtLocation(member, node).getCallSignatures().length > 0;
  };
  const visit = (prefix: string, module: ts.Symbol): void => {
    for (const exported of checker.getExportsOfModule(module)) {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
      const name = `${prefix}${exported.name}`;
      if (symbol.flags & ts.SymbolFlags.ValueModule) visit(`${name}.`, symbol);
      else {
        note(name, symbol);
        if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias))
          visitMembers(name, symbol);
      }
    }
  };
  for (const file of files) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} exports nothing: build the package`);
    visit(`${file.split("/dist/").pop()?.replace(".d.ts", "")}: `, module);
  }
  return found;
}

const without = (all: Documented): string[] => [...all].flatMap(([name, isSaid]) => (isSaid ? [] : [name]));

/** The types of every door of the package, as a program that imports it finds them. */
function entries(): string[] {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as {
    exports: Record<string, string | { types: string }>;
  };
  return Object.values(exports).flatMap((door) => (typeof door === "string" ? [] : [resolve(door.types)]));
}

test("everything that the package's doors export has a comment that says what it is", () => {
  const files = entries();
  expect(files).toHaveLength(5);
  const all = documented(files);
  for (const name of [
    "index: fit",
    "index: families.PalA",
    "index: Fitted.save",
    "notebook/index: runNotebook",
  ])
    expect(all.has(name), name).toBe(true);
  expect(without(all)).toEqual([]);
});

test("what has none is found: functions, types, methods, in namespaces too", () => {
  const folder = mkdtempSync(join(tmpdir(), "pal-lab-documented-"));
  try {
    writeFileSync(
      join(folder, "inner.d.ts"),
      "export declare const bare: number;\n/** Said. */ export declare const said: number;",
    );
    writeFileSync(
      join(folder, "door.d.ts"),
      `export * as inner from "./inner.js";
/** Said. */ export interface Shape {
  area(): number;
  readonly onDraw: () => void;
  readonly side: number;
  /** Said. */ name(): string;
}
export type Loose = string;
/** @throws Error always */ export declare function tagged(): void;`,
    );
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const all = documented([join(folder, "door.d.ts")]);
    const names = without(all).map((name) => name.split(": ")[1]);
    expect(names.sort()).toEqual(["Loose", "Shape.area", "Shape.onDraw", "inner.bare", "tagged"]);
    expect(all.size).toBe(8);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { declaredNames, identifiers } from "./declared-names.js";
import type { LintedCell } from "./lint-problem.js";

/** The strict checks of this package's own tsconfig.json, on top of what tslab compiles with. */
export const STRICT_OPTIONS = {
  strict: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
} as const;

/** Type declarations that were read, by path. */
export type Library = Map<string, ts.SourceFile>;

/** How to check; `library` is filled. */
export interface CheckSettings {
  readonly isJavaScript: boolean;
  readonly library: Library;
}

/** A notebook as the type checker sees it: one module for each cell, in order. */
export interface NotebookModules {
  readonly checker: ts.TypeChecker;
  readonly cells: readonly CellModule[];
}

/** A cell as a module: its own text, and behind it imports of what earlier cells declare and exports of all it declares. */
export interface CellModule {
  readonly cell: LintedCell;
  readonly file: ts.SourceFile;
  /** What the compiler says about the cell's own text. */
  readonly diagnostics: readonly ts.Diagnostic[];
}

interface Declared {
  readonly module: string;
  readonly isVariable: boolean;
}

interface Source {
  readonly cell: LintedCell;
  readonly path: string;
  readonly text: string;
  /** `let` and `var` of earlier cells, which tslab lets a cell assign to. */
  readonly assignable: ReadonlySet<string>;
}

/** The compiler's own "cannot assign to 'x' because it is an import". */
const importIsConstant = 2632;

/**
 * Type-checks a notebook whole. A cell may declare a name of an earlier cell again, as tslab allows: later cells see the
 * last one. Packages and types are found from the notebook's folder upwards, as tslab finds them.
 */
export function checkCells(
  path: string,
  cells: readonly LintedCell[],
  { isJavaScript, library }: CheckSettings,
): NotebookModules {
  const sources = moduleSources(resolve(path), cells, isJavaScript);
  const program = createProgram(dirname(resolve(path)), sources, library);
  const modules = sources.flatMap(({ cell, path: name, assignable }): CellModule[] => {
    const file = program.getSourceFile(name);
    if (file === undefined) return [];
    const syntax = program.getSyntacticDiagnostics(file);
    const found = syntax.length > 0 ? syntax : program.getSemanticDiagnostics(file);
    const diagnostics = found.filter(
      ({ code, start = 0, length = 0 }) =>
        start <= cell.source.length &&
        !(code === importIsConstant && assignable.has(file.text.slice(start, start + length))),
    );
    return [{ cell, file, diagnostics }];
  });
  return { checker: program.getTypeChecker(), cells: modules };
}

function moduleSources(path: string, cells: readonly LintedCell[], isJavaScript: boolean): Source[] {
  const ending = isJavaScript ? "js" : "ts";
  const visible = new Map<string, Declared>();
  return cells.map((cell) => {
    const file = ts.createSourceFile(`cell.${ending}`, cell.source, ts.ScriptTarget.Latest, true);
    const own = declaredNames(file);
    const used = identifiers(file);
    const wanted = [...visible].filter(([name]) => used.has(name) && !own.has(name));
    const imports = wanted.map(([name, { module }]) => `import { ${name} } from ${JSON.stringify(module)};`);
    const exported = [...own].filter(([, { isExported }]) => !isExported).map(([name]) => name);
    const module = `${path}.cell-${cell.cellNumber}`;
    const assignable = new Set(wanted.filter(([, { isVariable }]) => isVariable).map(([name]) => name));
    for (const [name, { isVariable }] of own) visible.set(name, { module, isVariable });
    const text = `${cell.source}\n${imports.join("")}export { ${exported.join(", ")} };\n`;
    return { cell, path: `${module}.${ending}`, text, assignable };
  });
}

function createProgram(folder: string, sources: readonly Source[], library: Library): ts.Program {
  const options = compilerOptions(folder);
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const host = ts.createCompilerHost(options, true);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = texts.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, version, true);
    const file = library.get(name) ?? getSourceFile(name, version, ...rest);
    if (file !== undefined) library.set(name, file);
    return file;
  };
  const cache = ts.createModuleResolutionCache(folder, (name) => name, options);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      const found = ts.resolveModuleName(text, from, options, host, cache);
      // a cell may import tslab wherever its notebook lies: the kernel answers for it
      return found.resolvedModule === undefined && text === "tslab"
        ? ts.resolveModuleName(text, fileURLToPath(import.meta.url), options, host, cache)
        : found;
    });
  return ts.createProgram([...texts.keys()], options, host);
}

/** What tslab compiles with, and our strictness. */
function compilerOptions(folder: string): ts.CompilerOptions {
  const isDirectory = (name: string): boolean => ts.sys.directoryExists(name);
  const roots = ts.getEffectiveTypeRoots({}, { getCurrentDirectory: () => folder });
  const hasNode = (roots ?? []).some((root) => isDirectory(join(root, "node")));
  const ownRoot = join(dirname(fileURLToPath(import.meta.resolve("tslab"))), "../node_modules/@types");
  return {
    ...STRICT_OPTIONS,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    experimentalDecorators: true,
    resolveJsonModule: true,
    jsx: ts.JsxEmit.React,
    skipLibCheck: true,
    noEmit: true,
    allowJs: true,
    types: ["node"],
    typeRoots: hasNode ? roots : [...(roots ?? []), ownRoot],
  };
}

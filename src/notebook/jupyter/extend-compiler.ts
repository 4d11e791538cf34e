import { relative } from "node:path";
import type * as TypeScript from "typescript";
import type { CellLines } from "./cell-lines.js";

/** The part of TypeScript that tslab calls and that is extended here. */
interface Compiler {
  createWatchCompilerHost(
    rootFiles: string[],
    options: TypeScript.CompilerOptions,
    ...rest: unknown[]
  ): TypeScript.WatchCompilerHostOfFilesAndCompilerOptions<TypeScript.BuilderProgram>;
  transpileModule(text: string, options: TypeScript.TranspileOptions): TypeScript.TranspileOutput;
  readonly resolveModuleName: typeof TypeScript.resolveModuleName;
  readonly createModuleResolutionCache: typeof TypeScript.createModuleResolutionCache;
}

/** Where packages are looked for that the notebook's own folders do not have. */
export interface CompilerOptions {
  /** The notebook's folder. */
  readonly folder: string;
  /** Folder whose `node_modules` hold the kernel's own packages. */
  readonly packages: string;
  readonly lines: CellLines;
}

/**
 * Makes the TypeScript that tslab loads (1) keep source maps, so that an error can name the line that somebody wrote,
 * (2) read the global types of Node alone, not of every package in `@types`, and (3) find the types of the kernel's own
 * packages for a notebook that lies elsewhere. Call it before tslab is loaded.
 */
export function extendCompiler(require: NodeJS.Require, options: CompilerOptions): void {
  const id = require.resolve("@tslab/typescript-for-tslab");
  const compiler = require(id) as Compiler;
  const loaded = require.cache[id];
  if (loaded === undefined) return;
  loaded.exports = {
    ...compiler,
    createWatchCompilerHost: watchHost(compiler, options),
    transpileModule: transpile(compiler, options.lines),
  };
}

/** tslab's second step: the module it made of a cell becomes a script. */
function transpile(compiler: Compiler, lines: CellLines): Compiler["transpileModule"] {
  return (text, given) => {
    const output = compiler.transpileModule(text, {
      ...given,
      compilerOptions: { ...given.compilerOptions, sourceMap: true },
    });
    lines.compiled({ moduleText: text, scriptMap: output.sourceMapText ?? "{}" });
    return { ...output, outputText: output.outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, "") };
  };
}

function watchHost(
  compiler: Compiler,
  { folder, packages }: CompilerOptions,
): Compiler["createWatchCompilerHost"] {
  return (rootFiles, given, ...rest) => {
    const options = { ...given, inlineSourceMap: true, types: ["node"] };
    if (!relative(packages, folder).startsWith(".."))
      return compiler.createWatchCompilerHost(rootFiles, options, ...rest);
    options.typeRoots = [...(given.typeRoots ?? []), `${packages}/node_modules/@types`];
    const host = compiler.createWatchCompilerHost(rootFiles, options, ...rest);
    const cache = compiler.createModuleResolutionCache(folder, (name) => name, options);
    const resolve = (name: string, from: string): TypeScript.ResolvedModuleWithFailedLookupLocations =>
      compiler.resolveModuleName(name, from, options, host, cache);
    host.resolveModuleNameLiterals = (literals, from) =>
      literals.map(({ text }) => {
        const found = resolve(text, from);
        return found.resolvedModule === undefined ? resolve(text, `${packages}/from-elsewhere.ts`) : found;
      });
    return host;
  };
}

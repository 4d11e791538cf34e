/** The part of TypeScript that tslab calls and that is changed here. */
interface Compiler {
  createWatchCompilerHost(files: string[], options: object, system: System, ...rest: unknown[]): unknown;
}

type Watch = (path: string, ...rest: unknown[]) => { close(): void };

interface System {
  readonly watchFile: Watch;
  readonly watchDirectory: Watch;
  readFile(path: string, encoding?: string): string | undefined;
}

/**
 * Makes the TypeScript that tslab loads read the global types of Node alone, not of every package in `@types` (the types
 * of packages that are imported are found as before), leave the comments of Node's types unparsed, and watch nothing in
 * `node_modules`: a third of a kernel's start. Call it before tslab is loaded. It is part of the program of a kernel's process, and uses nothing but its argument.
 */
export function leanCompiler(require: NodeJS.Require): void {
  const id = require.resolve("@tslab/typescript-for-tslab");
  const compiler = require(id) as Compiler;
  const loaded = require.cache[id];
  if (loaded === undefined) return;
  const outside =
    (watch: Watch): Watch =>
    (path, ...rest) =>
      path.includes("/node_modules/") || path.endsWith("/node_modules")
        ? { close: () => undefined }
        : watch(path, ...rest);
  loaded.exports = {
    ...compiler,
    createWatchCompilerHost: (files: string[], options: object, system: System, ...rest: unknown[]) => {
      const { watchFile, watchDirectory } = system;
      const lean = Object.assign(Object.create(system) as System, {
        watchFile: outside(watchFile),
        watchDirectory: outside(watchDirectory),
        readFile: (path: string, encoding?: string) => {
          const text = system.readFile(path, encoding);
          // comments for people, which nobody asks this kernel for
          return path.includes("/@types/node/") ? text?.replaceAll("/**", "/* ") : text;
        },
      });
      return compiler.createWatchCompilerHost(files, { ...options, types: ["node"] }, lean, ...rest);
    },
  };
}

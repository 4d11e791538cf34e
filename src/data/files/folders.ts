import { checkObject } from "../../core/index.js";
import { PACKAGE_FOLDER } from "../../files/index.js";
import { homedir } from "node:os";
import { join } from "node:path";

/** The statements that ship with the package. */
export function statementsFolder(): string {
  return join(PACKAGE_FOLDER, "data", "statements");
}

/**
 * Where downloads and embeddings are kept: the folder named by `PAL_LAB_CACHE`; in a clone `data/cache`; where the
 * package is installed in another project's node_modules, the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`;
 * `LOCALAPPDATA` on Windows).
 */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  packageFolder: string = PACKAGE_FOLDER,
): string {
  checkObject("cacheFolder: env", env, [], "an object of environment variables");
  const chosen = env.PAL_LAB_CACHE;
  if (chosen !== undefined && chosen !== "") return chosen;
  if (!/[\\/]node_modules[\\/]/.test(packageFolder)) return join(packageFolder, "data", "cache");
  const local = process.platform === "win32" ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  return join(local === undefined || local === "" ? join(homedir(), ".cache") : local, "pal-lab");
}

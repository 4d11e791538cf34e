import { checkObject, checkText } from "../../core/index.js";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Where a notebook's figures are saved: the folder named by `PAL_LAB_FIGURES` (the command line sets it), else `out/figures` in the
 * project that the working folder belongs to (the nearest folder with a package.json).
 */
export function figuresFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  from: string = process.cwd(),
): string {
  checkObject("figuresFolder: env", env, [], "an object of environment variables");
  checkText("figuresFolder: from", from, "the path of a folder");
  const chosen = env.PAL_LAB_FIGURES;
  if (chosen !== undefined && chosen !== "") return chosen;
  let folder = from;
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return join(existsSync(join(folder, "package.json")) ? folder : from, "out", "figures");
}

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that this package was installed or cloned into: the nearest above this code that has a package.json. */
export const PACKAGE_FOLDER = nearest(dirname(fileURLToPath(import.meta.url)));

function nearest(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("pal-lab: its code lies in no package; install it again");
  return nearest(parent);
}

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Rooms whose code can change a result. */
const ROOMS = ["core", "data", "model", "engine", "train", "evaluate"];

/** Hash of the code that computes results: after a change of it finished runs do not count. */
export function codeHash(): string {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const hash = createHash("sha256");
  for (const room of ROOMS) {
    for (const file of readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).sort()) {
      if (/\.[jt]s$/.test(file) && !file.endsWith(".d.ts"))
        hash.update(file.replaceAll("\\", "/")).update(readFileSync(join(root, room, file)));
    }
  }
  return hash.digest("hex");
}

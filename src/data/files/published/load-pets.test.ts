import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { ANIMALS } from "../../worlds/index.js";
import { statementsFolder } from "../folders.js";
import { sha256Of } from "../sha256.js";
import { loadPets } from "./load-pets.js";

test("60 sentences about each animal, none twice, and the file that data/README.md names", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pal-lab-pets-"));
  try {
    const { items, animals } = await loadPets({ encoder: "hash", cacheFolder: folder });
    for (const animal of ANIMALS) expect(animals.filter((name) => name === animal)).toHaveLength(60);
    expect(new Set(items.text?.map((text) => text.toLowerCase())).size).toBe(240);
    expect(new Set(items.ids).size).toBe(240);
    expect(items.features).toHaveLength(240 * 64);
    const bytes = await readFile(join(statementsFolder(), "pets.jsonl"));
    const readme = await readFile(join(statementsFolder(), "..", "README.md"), "utf8");
    expect(readme).toContain(sha256Of(bytes));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

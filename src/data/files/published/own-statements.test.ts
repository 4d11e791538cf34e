import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { statementsFolder } from "../folders.js";
import { OWN_PERSONAS } from "./persona-files.js";
import { sha256Of } from "../sha256.js";
import { parseStatements } from "./read-statements.js";

describe("our own statements", () => {
  test("are the files that data/README.md names, by sha256 and rows", async () => {
    const readme = await readFile(join(statementsFolder(), "..", "README.md"), "utf8");
    const rows = [
      ...readme.matchAll(/^\| statements\/(interest\S+)\.jsonl .*\| (\d+)\s*\| `([0-9a-f]{64})` \|$/gm),
    ];
    expect(rows.map((row) => row[1])).toEqual(OWN_PERSONAS);
    for (const [, persona, count, sha256] of rows) {
      const bytes = await readFile(join(statementsFolder(), `${persona}.jsonl`));
      expect(sha256Of(bytes)).toBe(sha256);
      expect(bytes.toString("utf8").trimEnd().split("\n")).toHaveLength(Number(count));
    }
  });

  test("are 30 for and 30 against each interest, 8-12 words, none twice", async () => {
    const seen = new Set<string>();
    for (const persona of OWN_PERSONAS) {
      const path = join(statementsFolder(), `${persona}.jsonl`);
      const statements = parseStatements(path, await readFile(path, "utf8"));
      expect(statements.filter((statement) => statement.agrees)).toHaveLength(30);
      expect(statements.filter((statement) => !statement.agrees)).toHaveLength(30);
      for (const { text } of statements) {
        const words = text.split(" ").length;
        expect(words >= 8 && words <= 12, text).toBe(true);
        seen.add(text.toLowerCase().replace(/\W+/g, " "));
      }
    }
    expect(seen.size).toBe(360);
  });
});

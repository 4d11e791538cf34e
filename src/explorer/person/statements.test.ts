import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { expect, test } from "vitest";
import { STATEMENTS } from "./statements.js";

const HEAD =
  "/** Statements that people with an interest would say, 30 of each: those of `data/statements/` (CC0), which `PAL_LAB_UPDATE=1 npx vitest run src/explorer/person/statements.test.ts` reads again. */";

interface Line {
  readonly statement: string;
  readonly answer_matching_behavior: string;
}

function shipped(interest: string): string[] {
  const file = new URL(`../../../data/statements/interest-in-${interest}.jsonl`, import.meta.url);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const rows = lines.map((line) => JSON.parse(line) as Line);
  return rows.filter((row) => row.answer_matching_behavior === " Yes").map(({ statement }) => statement);
}

test("the page's statements are those that ship", async () => {
  const now = Object.fromEntries(Object.keys(STATEMENTS).map((interest) => [interest, shipped(interest)]));
  if (process.env.PAL_LAB_UPDATE === "1") {
    const text = `${HEAD}\nexport const STATEMENTS: { readonly [interest: string]: readonly string[] } = ${JSON.stringify(now)};\n`;
    const written = await format(text, { parser: "typescript", printWidth: 110 });
    writeFileSync(fileURLToPath(new URL("statements.ts", import.meta.url)), written);
    return;
  }
  expect(STATEMENTS).toEqual(now);
  expect(Object.values(now).map(({ length }) => length)).toEqual([30, 30, 30]);
});

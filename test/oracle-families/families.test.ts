import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { loadEngine } from "../../src/engine/index.js";
import type { Compare, FamilyCase } from "./family-case.js";
import { DIRECT_POLICIES } from "./direct-policies.js";
import { DPL } from "./dpl.js";
import { GPO } from "./gpo.js";
import { LORE } from "./lore.js";
import { REWARD_TREES } from "./reward-tree.js";
import { SPL } from "./spl.js";
import { VPL } from "./vpl.js";
import { VPL_BASELINES } from "./vpl-baselines.js";
import { VPL_LANGUAGE } from "./vpl-language.js";
import { VPL_QUESTIONS } from "./vpl-questions.js";

/** How the models of other authors are computed here, by the files' names for them: a line a family. */
const KNOWN: { readonly [model: string]: Compare | undefined } = {
  ...LORE,
  ...DPL,
  ...GPO,
  ...SPL,
  ...VPL,
  ...VPL_LANGUAGE,
  ...VPL_BASELINES,
  ...VPL_QUESTIONS,
  ...DIRECT_POLICIES,
  ...REWARD_TREES,
};

/** Relative to the largest number of an array, or absolute: engines compute in float32. */
const TOLERANCE = 1e-5;

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(resolve(root, process.env["PAL_LAB_ORACLE"] ?? "../shared/oracle"), "families");
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
const cases = files.map((file) => {
  return { file, given: JSON.parse(readFileSync(join(folder, file), "utf8")) as FamilyCase };
});
const known = cases.filter(({ given }) => KNOWN[given.model] !== undefined);
const print = (line: string): boolean => process.stdout.write(`oracle: ${line}\n`);
const unknown = new Set(cases.map(({ given }) => given.model).filter((model) => KNOWN[model] === undefined));
if (files.length === 0)
  print(`families skipped: no files in ${folder} (PAL_LAB_ORACLE names the folder above)`);
if (unknown.size > 0) print(`families not known yet: ${[...unknown].join(", ")}`);

describe.skipIf(known.length === 0)("families, as their authors' code computes them", () => {
  const agreeing = new Set<string>();
  afterAll(() => {
    process.stdout.write(`families: ${agreeing.size} cases\n`);
  });

  test.each(known)("$file", async ({ file, given }) => {
    for (const name of ["wasm", "tfjs-cpu"] as const) {
      const compared = KNOWN[given.model]?.(given, await loadEngine(name)) ?? new Map<string, never>();
      expect(compared.size).toBeGreaterThan(0);
      for (const [what, { got, want }] of compared) {
        expect(got.length, what).toBe(want.length);
        const largest = Math.max(...Array.from(want, Math.abs));
        Array.from(want).forEach((value, i) => {
          expect(Math.abs(got[i] - value), `${name}: ${what}[${i}]`).toBeLessThan(
            TOLERANCE * Math.max(largest, 0.1),
          );
        });
      }
    }
    agreeing.add(file);
  });
});

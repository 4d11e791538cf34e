import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { messageOf } from "../src/core/index.js";
import { ENGINES, loadEngine, type Engine, type EngineName } from "../src/engine/index.js";
import { parseArchitecture } from "../src/families/index.js";
import { oracleCase, type OfficialCase } from "./oracle-case.js";
import { oracleErrors, type Tolerance } from "./oracle-errors.js";

/** Fused multiply-adds round otherwise. */
const TOLERANCES: { readonly [Name in EngineName]?: Tolerance } = {
  "wasm-relaxed": { relative: 1e-4, absolute: 1e-5 },
};
/**
 * By the largest value of an array. A small value beside large ones is a difference of them: in 29 of 480 random cases PyTorch's own float32
 * numbers are further than this from its float64 ones by each value's size, up to 4 times, and never by the largest's.
 */
const TOLERANCE: Tolerance = { relative: 1e-5, absolute: 1e-6 };

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = resolve(root, process.env.PAL_LAB_ORACLE ?? "../shared/oracle");
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.startsWith("official-") && name.endsWith(".json"))
  : [];
const print = (line: string): boolean => process.stdout.write(`oracle: ${line}\n`);
if (files.length === 0) print(`skipped: no official-*.json in ${folder} (PAL_LAB_ORACLE names the folder)`);

const contents = files.map((file) => {
  const text = readFileSync(join(folder, file), "utf8");
  return { file, cases: (JSON.parse(text) as { readonly cases: readonly OfficialCase[] }).cases };
});

/** These load everywhere; the others where there is what they need. */
const REQUIRED: readonly EngineName[] = ["wasm", "tfjs"];

async function loadOrSkip(name: EngineName): Promise<Engine | undefined> {
  try {
    return await loadEngine(name);
  } catch (error) {
    if (REQUIRED.includes(name)) throw error;
    print(`${name} skipped: ${messageOf(error)}`);
    return undefined;
  }
}

const engines: [EngineName, Engine | undefined][] = [];
for (const name of files.length === 0 ? [] : ENGINES) engines.push([name, await loadOrSkip(name)]);

describe.skipIf(files.length === 0)("the authors' own numbers", () => {
  test("every file has cases", () => {
    for (const { file, cases } of contents) expect(cases.length, file).toBeGreaterThan(0);
  });

  describe.each(engines)("%s engine", (name, engine) => {
    let worst = { error: 0, what: "" };
    afterAll(() => {
      if (engine !== undefined)
        print(`${name}: worst at ${worst.error.toFixed(2)} of 1e-5 of its own size (or 1e-6): ${worst.what}`);
    });

    for (const { file, cases } of contents) {
      cases.forEach((official, index) => {
        test.skipIf(engine === undefined)(`${file}, case ${index}`, () => {
          if (engine === undefined) return;
          const oracle = oracleCase(official, join(folder, file));
          const errors = oracleErrors(engine, oracle, TOLERANCES[name] ?? TOLERANCE);
          for (const [what, { own }] of errors) {
            if (own > worst.error) worst = { error: own, what: `${file} ${index} (${oracle.name}): ${what}` };
          }
          expect([...errors].filter(([, { largest }]) => largest > 1)).toEqual([]);
        });
      });
    }
  });
});

describe("a case of another kind", () => {
  const layer = { weight: [[1]], bias: null, grad_weight: [[0]], grad_bias: null };
  const official: OfficialCase = {
    model: "A",
    arch: "mlp0-linear-dropout0-nobias",
    user_point: "f(Pw)",
    head: "dist",
    loss_name: "hinge",
    d_out: 1,
    k: 1,
    user: [0],
    left: [[1]],
    right: [[2]],
    y: [1],
    V: [[0]],
    grad_V: [[0]],
    P: [[0]],
    grad_P: [[0]],
    f: [layer],
    score: [-1],
    loss: 2,
  };

  test("is read where pal-lab has the model", () => {
    const { model, parameters } = oracleCase(official, "o.json");
    expect(model.config).toMatchObject({ k: 1, distance: "plain", loss: "hinge", userPoint: "f(Pw)" });
    expect([...parameters.keys()]).toHaveLength(3);
    const arch = "mlp1-gelu-dropout0-residual-nobias";
    const biased = { ...layer, bias: [0], grad_bias: [0] };
    // the authors' code reads the first flag alone
    const read = oracleCase({ ...official, arch, f: [biased, biased] }, "o.json").model;
    expect(parseArchitecture("test", read.architecture)).toMatchObject({
      hiddenLayers: 1,
      residual: true,
      bias: true,
    });
  });

  test.each([
    [{ model: "C" }, 'o.json: unknown model "C"; known: A, B'],
    [{ head: "dist_logistic" }, 'o.json: unknown head "dist_logistic"; known: dist'],
    [{ model: "B", head: "dist" }, 'o.json: unknown head "dist"; known: angle'],
    [{ loss_name: "smooth" }, 'o.json: unknown loss "smooth"; known: hinge, CE'],
    [{ user_point: "|f(P)|w" }, 'o.json: unknown user_point "|f(P)|w"; known: f(Pw), f(P)w, Pw'],
    [{ arch: "mlp1-relu-dropout0-batchnorm" }, "architecture must read mlp{0|1|2}"],
  ])("%j is refused by name", (change, message) => {
    expect(() => oracleCase({ ...official, ...change }, "o.json")).toThrow(message);
  });
});

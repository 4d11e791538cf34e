import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { simulateIdealPoints, type FeatureTable, type PreferenceData } from "../src/data/index.js";
import { loadEngine } from "../src/engine/index.js";
import { BradleyTerry, PalA, PalB, type Model } from "../src/families/index.js";
import { fit, loadAuthorsCheckpoint } from "../src/train/index.js";
import { oracleCase, type OfficialCase } from "./oracle-case.js";
import { oracleErrors } from "./oracle-errors.js";

/** Debian's python3-torch is of the system's Python alone. */
const PYTHON = "/usr/bin/python3";
const path = (below: string): string => fileURLToPath(new URL(`../${below}`, import.meta.url));
const probe = spawnSync(PYTHON, ["-c", "import torch"], { encoding: "utf8" });
const hasTorch = probe.status === 0;
if (!hasTorch) {
  const reason = probe.error?.message ?? probe.stderr.trim().split("\n").at(-1) ?? "";
  process.stdout.write(`torch: skipped: ${PYTHON} cannot import torch: ${reason}\n`);
}

const engine = await loadEngine();
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "pal-lab-torch-"))));
afterAll(() => rmSync(folder, { recursive: true }));

function python(script: string, ...args: string[]): string {
  // -B: no __pycache__ beside the scripts
  return execFileSync(PYTHON, ["-B", path(script), ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function rows(table: FeatureTable): readonly (string | number[])[] {
  const { ids, features } = table;
  if (features === undefined) return ids;
  const columns = features.length / ids.length;
  return ids.map((_, i) => [...features.subarray(i * columns, (i + 1) * columns)]);
}

function simulated(pairs: "fresh" | "pool"): PreferenceData {
  const options = { dimension: 4, prototypes: 2, users: 10, comparisonsPerUser: 20, poolSize: 15 };
  return simulateIdealPoints({ ...options, pairs, setting: "mixture", seed: 1 });
}

/** The simulated items, asked in contexts whose features are those of some of the items. */
function inContexts(): PreferenceData {
  const data = simulated("pool");
  const features = data.items.features?.slice(0, 3 * 4);
  const contexts = { ids: ["a", "b", "c"], features };
  return { ...data, contexts, context: data.left.map((_, row) => row % 3) };
}

describe.skipIf(!hasTorch)("PyTorch", () => {
  const residual = "mlp2-gelu-dropout0-residual";
  const learned = { ...simulated("pool"), items: { ids: simulated("pool").items.ids } };
  const learnedContexts = { ...inContexts(), contexts: { ids: ["a", "b", "c"] } };
  const MODELS: readonly [string, Model, PreferenceData][] = [
    ["PalA, linear", new PalA({ k: 2, latentDimension: 3 }), simulated("fresh")],
    [
      "PalA, mlp2 residual, f(P)w, plain distance",
      new PalA({ k: 3, latentDimension: 4, architecture: residual, userPoint: "f(P)w", distance: "plain" }),
      simulated("fresh"),
    ],
    [
      "PalA, mlp1 of items in contexts",
      new PalA({ k: 2, latentDimension: 5, architecture: "mlp1-relu-dropout0" }),
      inContexts(),
    ],
    ["PalA, learned items", new PalA({ k: 2, latentDimension: 3 }), learned],
    ["PalB, inner product", new PalB({ k: 2, latentDimension: 3 }), inContexts()],
    [
      "PalB, scaled cosine, mlp2 residual",
      new PalB({ k: 3, latentDimension: 4, head: "scaled-cosine", architecture: residual }),
      inContexts(),
    ],
    [
      "PalB, partition, learned contexts",
      new PalB({ k: 3, latentDimension: 3, assignment: "partition" }),
      learnedContexts,
    ],
    ["BradleyTerry, mlp1", new BradleyTerry({ architecture: "mlp1-gelu-dropout0" }), simulated("fresh")],
  ];

  test.each(MODELS)("%s: score.py agrees on a saved model", async (_, model, data) => {
    const fitted = await fit(model, data, { engine, seed: 1, epochs: 5, batchSize: 32 });
    const [file, pairs] = [join(folder, "model.safetensors"), join(folder, "pairs.json")];
    writeFileSync(file, fitted.save());
    const user = Array.from(data.user, (index) => data.users[index]);
    const [left, right, context] = [data.left, data.right, data.context].map(
      (column) => column && [...column],
    );
    const tables = { items: rows(data.items), contexts: data.contexts && rows(data.contexts) };
    writeFileSync(pairs, JSON.stringify({ ...tables, user, left, right, context }));
    const { scores } = JSON.parse(python("scripts/torch/score.py", file, pairs)) as { scores: number[] };
    const own = fitted.scoresOf(data);
    expect(scores).toHaveLength(own.length);
    own.forEach((score, row) => {
      expect(Math.abs(scores[row] - score), `pair ${row}`).toBeLessThan(1e-5 * Math.max(1, Math.abs(score)));
    });
    expect(Math.max(...scores) - Math.min(...scores)).toBeGreaterThan(0.01);
  });

  describe("checkpoints with the authors' names", () => {
    let users: string[];
    let cases: OfficialCase[];
    beforeAll(() => {
      const written = python("test/torch/authors_model.py", folder);
      ({ users, cases } = JSON.parse(written) as { users: string[]; cases: OfficialCase[] });
    });

    test("are read back and score as PyTorch does", () => {
      expect(cases).toHaveLength(32);
      cases.forEach((official, index) => {
        const { arch: architecture, user_point: userPoint } = official;
        const name = `${official.model} ${architecture} ${userPoint}`;
        const fitted = loadAuthorsCheckpoint(readFileSync(join(folder, `${index}.safetensors`)), {
          engine,
          architecture,
          name,
          ...(userPoint === null ? {} : { userPoint: userPoint as "Pw" }),
        });
        const oracle = oracleCase(official, name);
        expect([...fitted.users].sort()).toEqual([...users].sort());
        expect(fitted.model.config, name).toEqual({
          ...oracle.model.config,
          architecture: fitted.model.config.architecture,
        });
        const scores = fitted.scoresOf({ ...oracle.data, users });
        scores.forEach((score, row) => {
          const want = oracle.scores[row];
          const size = Math.max(1, ...(oracle.logits?.[row] ?? [want]).map(Math.abs));
          expect(Math.abs(score - want), `${name}, pair ${row}`).toBeLessThan(1e-5 * size);
        });
      });
    });

    test("export.py leaves the language model out", () => {
      const [ckpt, file] = [join(folder, "0.ckpt"), join(folder, "out.safetensors")];
      // f three times, P, five users, the logit scale, the temperature twice; the model's two tensors three times less
      expect(python("scripts/torch/export.py", ckpt, file)).toContain("12 tensors, 4 left out");
      expect(readFileSync(file)).toEqual(readFileSync(join(folder, "0.safetensors")));
    });

    test.each(["wasm", "tfjs"] as const)(
      "on %s scores, rewards, loss and gradients are float64's",
      async (name) => {
        const engine = await loadEngine(name);
        for (const official of cases) {
          const oracle = oracleCase(official, "torch");
          const errors = oracleErrors(engine, oracle, { relative: 1e-5, absolute: 1e-6 });
          expect(
            [...errors].filter(([, { largest }]) => largest > 1),
            oracle.name,
          ).toEqual([]);
        }
      },
    );
  });
});

import { describe, expect, test } from "vitest";
import { CASES, randomParameters, reference, smallWorld } from "../families/fixtures/index.js";
import {
  dataSizes,
  DEFAULT_LEARNING_RATES,
  PalA,
  PalB,
  type Parameters,
  type RowMap,
} from "../families/index.js";
import { adamState, adamStep } from "./fixtures/adam.js";
import { ENGINES_HERE } from "./fixtures/engines.js";
import { loadEngine, type LearningRates, type TrainerOptions } from "./index.js";

const rates = (rate: number, decay = 0): LearningRates => {
  const all = { rate, decay };
  return { projector: all, prototypes: all, weights: all, logitScale: all, tables: all, trees: all };
};
const OPTIONS: TrainerOptions = { seed: 1, batchSize: 4, optimizer: "adam", learningRates: rates(0.01) };

describe.each(ENGINES_HERE)("%s engine", (name) => {
  const all = Object.entries(CASES).flatMap(([kind, cases]) => cases.map((entry) => ({ kind, ...entry })));
  // one in nine of the variants: the gradients' test has them all; states that are found are sampled in training, and have a test of their own
  const some = all.filter(({ model: { user } }, i) => i % 9 === 0 && user.found === undefined);

  test.each(some)("$kind $name: an epoch in batches sees every comparison once", async ({ model, data }) => {
    const engine = await loadEngine(name);
    const initial = randomParameters(model, data);
    // steps so small that every batch is computed at the same parameters
    const still = { ...OPTIONS, initial, learningRates: rates(1e-20) };
    for (const batchSize of [1, 4, 11, 100]) {
      const trainer = engine.createTrainer(model, data, { ...still, batchSize });
      for (let epoch = 0; epoch < 2; epoch++) {
        const { loss } = reference(model, initial, data);
        expect(Math.abs(trainer.epoch() - loss), `batches of ${batchSize}`).toBeLessThan(
          1e-5 * Math.max(1, loss),
        );
      }
      trainer.dispose();
    }
  });

  test("one step is Adam's on the analytic gradient", async () => {
    const engine = await loadEngine(name);
    for (const { model, data } of some) {
      const initial = randomParameters(model, data);
      const { gradients } = engine.lossAndGradients(model, initial, data);
      for (const optimizer of ["adam", "adamw"] as const) {
        const [rate, decay] = [0.01, 0.1];
        const options = { ...OPTIONS, batchSize: 11, optimizer, initial, learningRates: rates(rate, decay) };
        const trainer = engine.createTrainer(model, data, options);
        trainer.epoch();
        trainer.snapshot().forEach((values, key) => {
          values.forEach((value, i) => {
            const start = initial.get(key)?.[i] ?? NaN;
            const slope = (gradients.get(key)?.[i] ?? NaN) + (optimizer === "adam" ? decay * start : 0);
            // a slope of rounding errors alone has no sign
            if (Math.abs(slope) < 1e-4) return;
            // the first step of Adam is rate · sign(slope): both moments are corrected to slope and slope²
            const expected = start * (optimizer === "adamw" ? 1 - rate * decay : 1) - rate * Math.sign(slope);
            expect(Math.abs(value - expected), `${optimizer} ${key}[${i}]`).toBeLessThan(2e-5);
          });
        });
      }
    }
  });

  test("six steps are Adam's and AdamW's in float64, each group at its own rate and decay", async () => {
    const engine = await loadEngine(name);
    const data = smallWorld({ items: 4, contexts: 3 });
    const model = new PalB({ k: 2, latentDimension: 3, head: "scaled-cosine" });
    const learningRates = {
      projector: { rate: 0.01, decay: 0.3 },
      weights: { rate: 0.03 },
      logitScale: { rate: 0.002, decay: 0.05 },
    };
    for (const optimizer of ["adam", "adamw"] as const) {
      const initial = randomParameters(model, data);
      const trainer = engine.createTrainer(model, data, {
        seed: 1,
        batchSize: 11,
        optimizer,
        initial,
        learningRates,
      });
      const state = new Map([...initial].map(([key, values]) => [key, adamState(values)]));
      for (let step = 1; step <= 6; step++) {
        const { gradients } = engine.lossAndGradients(model, trainer.snapshot(), data);
        trainer.epoch();
        for (const { name: key, group } of model.parameters(dataSizes(data, 3))) {
          const rates = learningRates[group as keyof typeof learningRates];
          const expected = adamStep(state.get(key), gradients.get(key), { ...rates, step, optimizer });
          trainer
            .snapshot()
            .get(key)
            ?.forEach((value, i) => {
              expect(Math.abs(value - expected[i]), `${optimizer} step ${step} ${key}[${i}]`).toBeLessThan(
                2e-5,
              );
            });
        }
      }
      trainer.dispose();
    }
  });

  test("half the rate factor is half the rate", async () => {
    const engine = await loadEngine(name);
    for (const optimizer of ["adam", "adamw"] as const) {
      const learn = (rate: number, factor?: number): Parameters => {
        const learningRates = rates(rate, 0.1);
        const trainer = engine.createTrainer(some[0].model, some[0].data, {
          ...OPTIONS,
          optimizer,
          learningRates,
        });
        for (let epoch = 0; epoch < 2; epoch++) trainer.epoch(factor);
        return trainer.snapshot();
      };
      const expected = learn(0.01);
      expect(learn(0.02, 0.5)).toEqual(expected);
      expect(learn(0.02)).not.toEqual(expected);
    }
  });

  test("only the groups that are named move", async () => {
    const engine = await loadEngine(name);
    const model = new PalA({ k: 2, latentDimension: 3 });
    const data = smallWorld({ items: 4 });
    const specs = model.parameters({ users: 3, items: { rows: 5, features: 4 } });
    for (const group of Object.keys(DEFAULT_LEARNING_RATES)) {
      const trainer = engine.createTrainer(model, data, { ...OPTIONS, trainable: [group] });
      const before = trainer.snapshot();
      trainer.epoch();
      const after = trainer.snapshot();
      for (const spec of specs) {
        const moved = before.get(spec.name)?.some((value, i) => value !== after.get(spec.name)?.[i]);
        expect(moved, `${spec.name} while ${group} trains`).toBe(spec.group === group);
      }
    }
  });

  test("the same seed gives the same bits, another seed others; dropout included", async () => {
    const engine = await loadEngine(name);
    const data = smallWorld({ items: 4 });
    const model = new PalA({ k: 2, latentDimension: 5, architecture: "mlp1-relu-dropout5" });
    const run = (seed: number): Parameters => {
      const trainer = engine.createTrainer(model, data, { ...OPTIONS, seed });
      for (let epoch = 0; epoch < 3; epoch++) trainer.epoch();
      return trainer.snapshot();
    };
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  test("dropout is for training alone: scores do not change from call to call", async () => {
    const engine = await loadEngine(name);
    const data = smallWorld({ items: 4 });
    const [dropping, whole] = ["mlp2-gelu-dropout5", "mlp2-gelu-dropout0"].map((architecture) => {
      const model = new PalA({ k: 2, latentDimension: 5, architecture });
      return engine.lossAndGradients(model, randomParameters(model, data), data);
    });
    expect(dropping).toEqual(whole);
  });

  test("batches whose rows all weigh 0 change nothing", async () => {
    const engine = await loadEngine(name);
    const weight = Float32Array.from({ length: 11 }, (_, row) => (row === 5 ? 1 : 0));
    const data = { ...smallWorld({ items: 4 }), weight };
    const model = new PalA({ k: 2, latentDimension: 3, loss: "logistic" });
    const initial = randomParameters(model, data);
    const trainer = engine.createTrainer(model, data, { ...OPTIONS, initial, batchSize: 1 });
    expect(Math.abs(trainer.epoch() - reference(model, initial, data).loss)).toBeLessThan(1e-5);
    expect([...trainer.snapshot().values()].every((values) => values.every(Number.isFinite))).toBe(true);
  });
});

describe("bad input", () => {
  const data = smallWorld({ items: 4 });
  const model = new PalA({ k: 2, latentDimension: 3 });
  const parameters = randomParameters(model, data);
  const judges = { user: data.user, states: new Float32Array(6).fill(0.5) };

  test("says what came", async () => {
    const engine = await loadEngine();
    await expect(loadEngine("cuda" as never)).rejects.toThrow(
      'loadEngine: name must be one of "wasm", "wasm-relaxed", "tfjs", "tfjs-node", "tfjs-wasm", "tfjs-cpu", got "cuda"',
    );
    const score = (change: Partial<typeof judges>) => () =>
      engine.scores(model, parameters, data, { ...judges, ...change });
    expect(score({ user: new Int32Array(3) })).toThrow(
      "scores: user must have 11 rows as the pairs have, got 3",
    );
    expect(score({ states: new Float32Array(7) })).toThrow("must be an integer >= 1, got 3.5");
    expect(score({ states: new Float32Array(2) })).toThrow("scores: user must be an index in 0 … 0, got");
    expect(score({ states: new Float32Array(6).fill(NaN) })).toThrow(
      "scores: states must be finite, got NaN at row 0",
    );
    expect(() => engine.createTrainer(model, data, { ...OPTIONS, batchSize: 0 })).toThrow(
      "createTrainer: batchSize must be an integer >= 1, got 0",
    );
    expect(() => engine.createTrainer(model, { ...data, users: [...data.users, "u3"] }, OPTIONS)).toThrow(
      'createTrainer: 1 of 4 users have no comparisons: "u3"',
    );
  });

  test("parameters that do not fit are named", async () => {
    const engine = await loadEngine();
    const less = new Map([...parameters].filter(([key]) => key !== "user_learner.P"));
    expect(() => engine.lossAndGradients(model, less, data)).toThrow(
      'parameter user_learner.P is missing; given are "item_learner.projector.mlp.layers.0.weight", "user_learner.W"',
    );
    const short = new Map([...parameters, ["user_learner.P", new Float32Array(5)] as const]);
    expect(() => engine.lossAndGradients(model, short, data)).toThrow(
      "parameter user_learner.P must have shape [2, 4] = 8 numbers, got 5",
    );
    const values = {
      specs: model.parameters({ users: 3, items: { rows: 5, features: 4 } }),
      parameters: less,
    };
    const map: RowMap = (ops, p, x) => ops.matmul(x, p.get("user_learner.P"), "transposed");
    expect(() => engine.apply(map, values, { features: new Float32Array(4), columns: 4 })).toThrow(
      "parameter user_learner.P is missing",
    );
    const misfit = { features: new Float32Array(6), columns: 3 };
    expect(() => engine.apply(map, { ...values, parameters }, misfit)).toThrow(
      "apply: matmul transposed was given shapes that do not fit: [2, 3] and [2, 4]",
    );
  });
});

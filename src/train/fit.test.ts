import { beforeAll, describe, expect, test } from "vitest";
import { loadEngine, type Engine } from "../engine/index.js";
import { PalA, PalB } from "../families/index.js";
import type { PreferenceData } from "../data/index.js";
import { camps, opposites, WORLDS } from "../families/fixtures/index.js";
import { DEFAULT_LEARNING_RATES } from "../families/index.js";
import { Plateau } from "./until-converged.js";
import { fit, rewardOf, type EpochRecord, type FitOptions } from "./index.js";

const MODEL = new PalA({ k: 2, latentDimension: 4 });
const DATA = camps();
let engine: Engine;

beforeAll(async () => {
  engine = await loadEngine();
});

const run = (options: Partial<FitOptions> = {}) =>
  fit(MODEL, DATA, { engine, seed: 1, epochs: 4, ...options });

/** The share of comparisons whose label the sign of the score gives. */
function share(scores: Float32Array, data: PreferenceData): number {
  return scores.filter((score, row) => score > 0 === data.label[row] > 0).length / scores.length;
}

describe("fit", () => {
  test("tells of every epoch, in order, and the loss falls", async () => {
    const told: EpochRecord[] = [];
    const fitted = await run({ epochs: 30, onEpoch: (record) => told.push(record) });
    expect(told.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(fitted.history).toEqual({ epochs: told, isStopped: false });
    expect(told[29].loss).toBeLessThan(0.8 * told[0].loss);
  });

  test("until it has converged: the loss stands still at every step size, and more passes gain nothing", async () => {
    const fitted = await run({ epochs: undefined, until: "converged" });
    const { convergence, epochs } = fitted.history ?? {};
    expect(convergence?.isConverged).toBe(true);
    expect(Math.abs(convergence?.lastImprovement ?? 1)).toBeLessThan(0.01);
    const long = await run({ epochs: 4000, batchSize: 16 });
    expect(epochs?.at(-1)?.loss).toBeLessThan(1.1 * (long.history?.epochs.at(-1)?.loss ?? 0) + 0.01);
    await expect(run({ until: "converged" })).rejects.toThrow(
      'fit: give epochs (a fixed budget, got 4) or until: "converged", not both',
    );
    await expect(run({ epochs: undefined, until: "soon" as "converged" })).rejects.toThrow(
      "fit: until must be",
    );
  });

  test("a budget of steps that ends first is told", () => {
    const plateau = new Plateau(1000);
    for (let epoch = 0; plateau.goesOn; epoch++) plateau.see(0.9 ** epoch);
    expect(plateau.convergence).toMatchObject({ isConverged: false, steps: 60_000 });
    expect(plateau.convergence.lastImprovement).toBeGreaterThan(0.5);
  });

  test("a signal stops it after the epoch under way, and what was learned is returned", async () => {
    const stop = new AbortController();
    const onEpoch = ({ epoch }: EpochRecord): void => {
      if (epoch === 3) stop.abort();
    };
    const stopped = await run({ epochs: 500, signal: stop.signal, onEpoch });
    expect(stopped.history?.epochs).toHaveLength(3);
    expect(stopped.history?.isStopped).toBe(true);
    expect(stopped.parameters).toEqual((await run({ epochs: 3 })).parameters);
  });

  test("a signal from a timer is heard: the event loop gets its turns", async () => {
    const stop = new AbortController();
    let ticks = 0;
    const ticking = setInterval(() => {
      if (++ticks === 3) stop.abort();
    }, 5);
    const fitted = await run({ epochs: 1_000_000, signal: stop.signal });
    clearInterval(ticking);
    expect(ticks).toBe(3);
    expect(fitted.history?.isStopped).toBe(true);
  });

  test("turns of the event loop change no bit", async () => {
    const short = await run({ epochs: 40 });
    const busy = (): void => {
      const until = performance.now() + 2;
      while (performance.now() < until);
    };
    const slow = await run({ epochs: 40, onEpoch: busy });
    expect(slow.save()).toEqual(short.save());
  });

  test("validation is the accuracy on the comparisons that do not train, where asked for and at the end", async () => {
    const { model, train, test: held } = WORLDS[0];
    const options = { engine, seed: 1, validation: held, validateEvery: 4, epochs: 10 };
    const fitted = await fit(model, train, options);
    const measured = fitted.history?.epochs.filter(({ validation }) => validation !== undefined) ?? [];
    expect(measured.map(({ epoch }) => epoch)).toEqual([4, 8, 10]);
    expect(measured[2].validation).toBe(share(fitted.scoresOf(held), held));
    const four = await fit(model, train, { ...options, epochs: 4 });
    expect(measured[0].validation).toBe(share(four.scoresOf(held), held));
    const without = await fit(model, train, { engine, seed: 1, epochs: 10 });
    expect(without.parameters).toEqual(fitted.parameters);
  });

  test("validation counts each comparison by its weight", async () => {
    const { model, train, test: held } = WORLDS[0];
    const options = { engine, seed: 1, epochs: 4 };
    const plain = await fit(model, train, options);
    const right = plain.scoresOf(held).map((score, row) => (score > 0 === held.label[row] > 0 ? 1 : 0));
    expect(right.reduce((a, b) => a + b)).toBeLessThan(right.length);
    // what is right weighs three times what is wrong
    const weight = Float32Array.from(right, (isRight) => 1 + 2 * isRight);
    const fitted = await fit(model, train, { ...options, validation: { ...held, weight } });
    const share = right.reduce((a, b) => a + b) / right.length;
    const measured = fitted.history?.epochs.at(-1)?.validation ?? NaN;
    expect(Math.abs(measured - (3 * share) / (3 * share + (1 - share)))).toBeLessThan(1e-6);
  });

  test("a linear schedule goes from the given rates in equal steps towards none", async () => {
    const fitted = await run({ epochs: 4, schedule: "linear" });
    const options = {
      seed: 1,
      batchSize: 256,
      optimizer: "adam",
      learningRates: DEFAULT_LEARNING_RATES,
    } as const;
    const trainer = engine.createTrainer(MODEL, DATA, options);
    for (const factor of [1, 0.75, 0.5, 0.25]) trainer.epoch(factor);
    expect(fitted.parameters).toEqual(trainer.snapshot());
    trainer.dispose();
    expect((await run({ epochs: 4, schedule: "constant" })).parameters).toEqual(
      (await run({ epochs: 4 })).parameters,
    );
  });

  test("learning rates of one group leave the others at their defaults", async () => {
    const given = await run({ learningRates: { weights: DEFAULT_LEARNING_RATES.weights } });
    expect(given.parameters).toEqual((await run()).parameters);
    const faster = await run({ learningRates: { weights: { rate: 0.1 } } });
    expect(faster.parameters).not.toEqual(given.parameters);
  });
});

describe("a loss that is not finite", () => {
  test("names the epoch and the learning rates", async () => {
    const rates = { projector: { rate: 1e30 }, prototypes: { rate: 1e30 } };
    const failing = run({ learningRates: rates, epochs: 50 });
    await expect(failing).rejects.toThrow(
      /^fit: the loss is (NaN|Infinity) at epoch \d+ with learning rates /,
    );
    await expect(failing).rejects.toThrow(
      "projector 1e+30, prototypes 1e+30, weights 0.005, logitScale 0.1, tables 0.005",
    );
    await expect(failing).rejects.toThrow("try smaller ones, or scale the features");
  });
});

describe("bad input", () => {
  test.each<[string, Partial<FitOptions>, string]>([
    [
      "a misspelt option",
      { epoch: 3 } as never,
      'fit: unknown option "epoch"; known: "engine", "seed", "epochs"',
    ],
    ["epochs", { epochs: 0 }, "fit: epochs must be an integer >= 1, got 0"],
    ["batch size", { batchSize: 2.5 }, "fit: batchSize must be an integer >= 1, got 2.5"],
    ["seed", { seed: NaN }, "fit: seed must be an integer, got NaN"],
    ["optimizer", { optimizer: "sgd" as never }, 'fit: optimizer must be one of "adam", "adamw", got "sgd"'],
    [
      "schedule",
      { schedule: "cosine" as never },
      'fit: schedule must be one of "constant", "linear", got "cosine"',
    ],
    ["interval", { validateEvery: 0 }, "fit: validateEvery must be an integer >= 1, got 0"],
    [
      "group",
      { learningRates: { f: { rate: 1 } } as never },
      'fit: learningRates: unknown option "f"; known: "projector"',
    ],
    [
      "rate",
      { learningRates: { weights: { rate: 0 } } },
      "fit: learningRates.weights.rate must be a number > 0, got 0",
    ],
    [
      "decay",
      { learningRates: { weights: { rate: 1, decay: -1 } } },
      "fit: learningRates.weights.decay must be a number >= 0, got -1",
    ],
    [
      "rate's spelling",
      { learningRates: { weights: { rates: 1 } as never } },
      'fit: learningRates.weights: unknown option "rates"; known: "rate", "decay"',
    ],
  ])("%s", async (_, options, message) => {
    await expect(run(options)).rejects.toThrow(message);
  });

  test("validation with users that do not train is refused before any epoch", async () => {
    let epochs = 0;
    const validation = { ...DATA, users: DATA.users.map((user) => `${user}'`) };
    const failing = run({ validation, onEpoch: () => void epochs++ });
    await expect(failing).rejects.toThrow(`fit: validation: unknown user "user-0'"`);
    expect(epochs).toBe(0);
  });

  test("models that do not suit the data", async () => {
    await expect(fit(new PalB({ k: 2, latentDimension: 2 }), DATA, { engine, seed: 1 })).rejects.toThrow(
      "PalB: prototypes are functions of the context, and the data has none",
    );
    const learned = { ...opposites(), items: { ids: ["no", "yes"] } };
    await expect(fit(MODEL, learned, { engine, seed: 1 })).rejects.toThrow(
      "PalA: items in a context need features",
    );
    const residual = new PalA({ k: 2, latentDimension: 3, architecture: "mlp1-relu-dropout0-residual" });
    await expect(fit(residual, DATA, { engine, seed: 1 })).rejects.toThrow(
      "a residual projector needs as many features as latent dimensions, got 4 and 3",
    );
  });
});

describe("called from plain JavaScript", () => {
  test("without options, with a file name to save, with an id for a table: what would be right is said", async () => {
    const loose = fit as unknown as (model: unknown, data: unknown, options?: unknown) => Promise<unknown>;
    await expect(loose(MODEL, DATA)).rejects.toThrow(
      "fit: options must be an object such as { engine, seed, epochs, … }, got undefined",
    );
    await expect(loose(MODEL, DATA, "fast")).rejects.toThrow('got "fast"');
    await expect(loose(MODEL, DATA, { seed: 1 })).rejects.toThrow(
      "fit: engine must be an engine, as await loadEngine() gives it, got undefined",
    );
    const fitted = await run({ epochs: 1 });
    const save = fitted.save.bind(fitted) as unknown as (name: string) => unknown;
    expect(() => save("m.safetensors")).toThrow('write them: writeFileSync("m.safetensors", fitted.save())');
    const reward = rewardOf(fitted, DATA.users[0]) as unknown as (item: string) => unknown;
    expect(() => reward("wealth_tax")).toThrow(
      'rewardOf: a reward takes a table of items, { ids: ["a"], features: Float32Array }, got "wealth_tax"',
    );
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import { selectRows, selectUser, type PreferenceData } from "../data/index.js";
import { ENGINES_HERE } from "../engine/fixtures/engines.js";
import { loadEngine, type Engine, type EngineName } from "../engine/index.js";
import { WORLDS } from "../families/fixtures/index.js";
import { PalA, PalB, type Model } from "../families/index.js";
import { decodeModel, fit, type Fitted, type FittedModel } from "./index.js";

/**
 * TensorFlow.js is some hundred times slower, and its engine is held to ours by tests of its own: on its cpu and one seed, each kind of model,
 * those whose new users are placed exactly.
 */
const isSlow = (name: EngineName): boolean => name.startsWith("tfjs");
const engines = ENGINES_HERE.filter((name) => !isSlow(name) || name === "tfjs-cpu");
/** A method of its own has no use for an engine. */
const SLOW_WORLDS = WORLDS.filter(({ isSmall, model }) => isSmall === true && model.own === undefined);

function accuracy(scores: Float32Array, data: PreferenceData): number {
  return scores.filter((score, row) => score > 0 === data.label[row] > 0).length / scores.length;
}

/** What every fitted model promises, whatever the model and the engine. */
describe.each(engines)("%s engine", (engineName) => {
  describe.each(isSlow(engineName) ? SLOW_WORLDS : WORLDS)(
    "$name",
    ({ model, train, test: held, adapt, adaptTest, epochs, rates, isExact }) => {
      let engine: Engine;
      let fitted: Fitted<Model>;
      // these worlds are learned in a third of their passes, too
      const passes = isSlow(engineName) ? Math.ceil(epochs / 3) : epochs;
      const budget = model.own === undefined ? { epochs: passes, batchSize: 64, learningRates: rates } : {};
      const learn = (data: PreferenceData, seed: number, epochs?: number): Promise<Fitted<Model>> =>
        fit(model, data, { engine, seed, ...budget, ...(epochs !== undefined && { epochs }) });

      let savedBefore: Uint8Array;
      let inferredOnce: ReturnType<FittedModel["inferAll"]> | undefined;
      /** Of the first seed, inferred once. */
      const inferred = (): ReturnType<FittedModel["inferAll"]> => (inferredOnce ??= fitted.inferAll(adapt));
      const trained = new Map<number, Fitted<Model>>();
      /** Of a seed, trained once. */
      const of = async (seed: number): Promise<Fitted<Model>> => {
        const known = trained.get(seed) ?? (await learn(train, seed));
        trained.set(seed, known);
        return known;
      };

      beforeAll(async () => {
        engine = await loadEngine(engineName);
        fitted = await of(1);
        savedBefore = fitted.save();
      });

      test("beats chance by much on held-out comparisons and on new users, over 5 seeds", async () => {
        const unseen: number[] = [];
        for (const seed of isSlow(engineName) ? [1] : [1, 2, 3, 4, 5]) {
          const learned = await of(seed);
          // noiseless and separable; a coin gives 0.5
          expect(accuracy(learned.scoresOf(held), held), `seed ${seed}`).toBeGreaterThan(0.8);
          const { weights } = seed === 1 ? inferred() : learned.inferAll(adapt);
          expect(weights).toHaveLength(4 * learned.k);
          const scores = learned.scoresBy(adaptTest, { user: adaptTest.user, weights });
          unseen.push(accuracy(scores, adaptTest));
        }
        // one of four users placed at the wrong prototype of a partition costs a quarter
        expect(Math.min(...unseen)).toBeGreaterThan(0.65);
        expect(unseen.reduce((a, b) => a + b) / unseen.length).toBeGreaterThan(0.85);
      });

      test("gives a score and a probability for every pair, the one the logistic function of the other", () => {
        const one = selectUser(held, held.users[3]);
        const state = fitted.stateOf(held.users[3]);
        const scores = fitted.scores(one, state);
        const probabilities = fitted.probabilities(one, state);
        expect(scores).toHaveLength(15);
        probabilities.forEach((p, row) => {
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
          expect(Math.abs(p - 1 / (1 + Math.exp(-scores[row])))).toBeLessThan(1e-6);
        });
        const rows = [...held.user.keys()].filter((row) => held.user[row] === 3);
        expect([...scores]).toEqual(rows.map((row) => fitted.scoresOf(held)[row]));
      });

      test("scores do not depend on what else is scored, and swap sign with the sides", () => {
        const all = fitted.scoresOf(held);
        const some = Int32Array.of(7, 3, 250);
        expect([...fitted.scoresOf(selectRows(held, some))]).toEqual([...some].map((row) => all[row]));
        const swapped = fitted.scoresOf({ ...held, left: held.right, right: held.left });
        all.forEach((score, row) =>
          expect(Math.abs(score + swapped[row])).toBeLessThan(1e-5 * Math.max(1, Math.abs(score))),
        );
        expect(fitted.scoresOf(selectRows(held, new Int32Array(0)))).toHaveLength(0);
      });

      test("the same seed gives the same bits, another seed others", async () => {
        // a method of its own has no passes to take fewer of
        const few = (seed: number): Promise<Fitted<Model>> => learn(train, seed, isSlow(engineName) ? 2 : 5);
        const [first, again] =
          model.own === undefined ? [await few(1), await few(1)] : [fitted, await learn(train, 1)];
        const other = isSlow(engineName) ? await few(2) : await of(2);
        expect(again.save()).toEqual(first.save());
        expect(again.history).toEqual(first.history);
        if (isExact !== true) expect(other.save()).not.toEqual((isSlow(engineName) ? first : fitted).save());
      });

      test("save and load give the same scores and the same bytes", () => {
        const bytes = fitted.save();
        const loaded = decodeModel(bytes, engine);
        expect(loaded.scoresOf(held)).toEqual(fitted.scoresOf(held));
        expect(loaded.inferAll(adapt)).toEqual(inferred());
        expect(loaded.save()).toEqual(bytes);
        expect(loaded.model).toEqual(model);
        expect(loaded.constructor).toBe(fitted.constructor);
      });

      test("a new user alone is inferred as among others", () => {
        const state = fitted.infer(selectUser(adapt, adapt.users[1]));
        expect(fitted.scores(selectUser(adaptTest, adapt.users[1]), state)).toHaveLength(20);
        const all = inferred().weights.subarray(fitted.k, 2 * fitted.k);
        if (fitted.model.user.isLinear || fitted.model.own !== undefined)
          state.weights.forEach((value, j) => expect(Math.abs(value - all[j])).toBeLessThan(1e-6));
      });

      test("inferring changes nothing that was learned", () => {
        expect(inferred().weights).toHaveLength(4 * fitted.k);
        expect(fitted.save()).toEqual(savedBefore);
      });

      refusals(() => ({ fitted, train, adapt, learn }));
    },
  );
});

interface Stage {
  readonly fitted: FittedModel;
  readonly train: PreferenceData;
  readonly adapt: PreferenceData;
  learn(data: PreferenceData, seed: number): Promise<unknown>;
}

function refusals(stage: () => Stage): void {
  test("refuses NaN features, empty data and users without comparisons", async () => {
    const { train, learn } = stage();
    const table =
      train.items.features === undefined ? undefined : train.items.features.slice().fill(NaN, 1, 2);
    if (table !== undefined) {
      await expect(learn({ ...train, items: { ...train.items, features: table } }, 1)).rejects.toThrow(
        "fit: items.features must be finite, got NaN at row 0, column 1",
      );
    }
    await expect(learn(selectRows(train, new Int32Array(0)), 1)).rejects.toThrow(
      "fit: the data set is empty",
    );
    const silent = { ...train, users: [...train.users, "mute"] };
    await expect(learn(silent, 1)).rejects.toThrow('fit: 1 of 21 users have no comparisons: "mute"');
  });

  test("refuses unknown users by name", () => {
    const { fitted, adapt } = stage();
    expect(() => fitted.stateOf("eve")).toThrow('stateOf: unknown user "eve"; known: "');
    expect(() => fitted.scoresOf(adapt)).toThrow(`unknown user ${JSON.stringify(adapt.users[0])}`);
    expect(() => fitted.stateOf("eve")).toThrow("For a new user call infer");
  });

  test("somebody who says nothing is refused, or known as anybody is before an answer", () => {
    const { fitted, adapt } = stage();
    const empty = selectRows(selectUser(adapt, adapt.users[0]), new Int32Array(0));
    const withMute = { ...adapt, users: [...adapt.users, "mute"] };
    if (fitted.model.user.found === undefined) {
      expect(() => fitted.infer(empty)).toThrow("infer: the data set is empty");
      expect(() => fitted.inferAll(withMute)).toThrow('infer: 1 of 5 users have no comparisons: "mute"');
    } else {
      const { weights } = fitted.infer(empty);
      expect(fitted.inferAll(withMute).weights.subarray(4 * fitted.k)).toEqual(weights);
      expect(fitted.inferAll(withMute).weights.subarray(0, 4 * fitted.k)).toEqual(
        fitted.inferAll(adapt).weights,
      );
    }
  });

  test("infer refuses several users and unknown options", () => {
    const { fitted, adapt } = stage();
    expect(() => fitted.infer(adapt)).toThrow("infer: needs the comparisons of one user, got 4 users");
    expect(() => fitted.inferAll(adapt, { epoch: 3 } as never)).toThrow('infer: unknown option "epoch"');
    expect(() => fitted.inferAll(adapt, { epochs: 0 })).toThrow(
      "infer: epochs must be an integer >= 1, got 0",
    );
    expect(() => fitted.inferAll(adapt, { batchSize: 0 })).toThrow(
      "infer: batchSize must be an integer >= 1, got 0",
    );
    expect(() => fitted.inferAll(adapt, { rate: 0 })).toThrow("infer: rate must be a number > 0, got 0");
    expect(() => fitted.inferAll(adapt, { seed: 0.5 })).toThrow("infer: seed must be an integer, got 0.5");
    expect(() => fitted.inferAll(adapt, { method: "magic" as never })).toThrow(
      'infer: method must be one of "exact", "gradient", got "magic"',
    );
    expect(() => fitted.inferAll(adapt, { concentration: 0.5 })).toThrow(
      "infer: concentration must be a number >= 1, got 0.5",
    );
  });

  test("a state of the wrong length is refused", () => {
    const { fitted, train } = stage();
    const weights = new Float32Array(fitted.k + 1).fill(1 / (fitted.k + 1));
    expect(() => fitted.scores(train, { weights })).toThrow(
      `scores: a state has ${fitted.k} weights, got ${fitted.k + 1}`,
    );
  });
}

test.each([
  [0, "must be an integer >= 1, got 0"],
  [-2, "must be an integer >= 1, got -2"],
  [1.5, "must be an integer >= 1, got 1.5"],
  [NaN, "must be an integer >= 1, got NaN"],
])("K = %d is refused", (k, message) => {
  expect(() => new PalA({ k, latentDimension: 2 })).toThrow(`PalA: k (prototypes) ${message}`);
  expect(() => new PalB({ k, latentDimension: 2 })).toThrow(`PalB: k (prototypes) ${message}`);
});

import { describe, expect, test } from "vitest";
import type { FeatureTable, PreferenceData } from "../data/index.js";
import { CASES, randomParameters, smallWorld } from "../families/fixtures/index.js";
import { loadEngine } from "../engine/index.js";
import { BradleyTerry, dataSizes, NAMES, PalA, PalB, type Model } from "../families/index.js";
import { fittedModel, rewardOf, type FittedModel, type Reward } from "./index.js";

const engine = await loadEngine();

function fitted(model: Model, data: PreferenceData, parameters = randomParameters(model, data)): FittedModel {
  const sizes = dataSizes(data, data.users.length);
  const learned = {
    ...(data.items.features === undefined ? { learnedItems: data.items.ids } : {}),
    ...(data.contexts !== undefined && data.contexts.features === undefined
      ? { learnedContexts: data.contexts.ids }
      : {}),
  };
  return fittedModel({ model, sizes, parameters, users: data.users, engine, ...learned });
}

/** Rows `rows` of a table, with ids and features of their own. */
function pick(table: FeatureTable, rows: Int32Array): FeatureTable {
  const columns = (table.features?.length ?? 0) / table.ids.length;
  const features = [...rows].flatMap((row) => [
    ...(table.features?.subarray(row * columns, (row + 1) * columns) ?? []),
  ]);
  return {
    ids: Array.from(rows, (row) => table.ids[row]),
    ...(table.features === undefined ? {} : { features: Float32Array.from(features) }),
  };
}

describe("the score of a comparison is the reward of right minus the reward of left", () => {
  const kinds = Object.keys(CASES);
  const hasRewards = (kind: string): boolean => CASES[kind].every(({ model }) => model.latent !== undefined);

  test.each(kinds.filter((kind) => !hasRewards(kind)))("%s compares only, and says so", (kind) => {
    const [{ model, data }] = CASES[kind];
    expect(() => rewardOf(fitted(model, data), data.users[0])).toThrow("gives no item a reward of its own");
  });

  test.each(kinds.filter(hasRewards))("%s, every variant, for users and for states", (kind) => {
    for (const { name, model, data } of CASES[kind]) {
      const learned = fitted(model, data);
      const { items, contexts, left, right, context } = data;
      const beside =
        contexts === undefined || context === undefined ? undefined : { contexts, index: context };
      const states = [
        ...data.users,
        { weights: Float32Array.from({ length: learned.k }, () => 1 / learned.k) },
      ];
      for (const user of states) {
        const reward = rewardOf(learned, user);
        const [l, r] = [left, right].map((side) => reward(pick(items, side), beside));
        const state = typeof user === "string" ? learned.stateOf(user) : user;
        learned.scores(data, state).forEach((score, row) => {
          const size = Math.max(1, Math.abs(l[row]), Math.abs(r[row]));
          expect(Math.abs(r[row] - l[row] - score), `${name}, pair ${row}`).toBeLessThan(2e-6 * size);
        });
      }
    }
  });

  test("a partition's users have the reward of their heaviest prototype", () => {
    const model = new PalB({ k: 3, latentDimension: 3, assignment: "partition" });
    const data = smallWorld({ items: 4, contexts: 3 });
    const learned = fitted(model, data);
    const heaviest = learned.stateOf("u1").weights.indexOf(1);
    const corner = Float32Array.from({ length: 3 }, (_, k) => (k === heaviest ? 1 : 0));
    const context = { contexts: smallWorld({ items: 4, contexts: 3 }).contexts ?? data.items, index: 2 };
    expect(rewardOf(learned, "u1")(data.items, context)).toEqual(
      rewardOf(learned, { weights: corner })(data.items, context),
    );
  });
});

// f is the identity in all of these, so the numbers are by hand
const EYE = Float32Array.of(1, 0, 0, 1);
const WEIGHT = `${NAMES.items}.mlp.layers.0.weight`;
const ITEMS = { ids: ["x", "y"], features: Float32Array.of(0, 3, 4, 0) };
const PROMPTS = { ids: ["c", "d"], features: Float32Array.of(1, 0, 0, 2) };
const OLD = { ...smallWorld({ items: 2 }), users: ["u"], user: new Int32Array(11) };
const ASKED = { ...OLD, contexts: PROMPTS, context: new Int32Array(11) };

function pointed(distance: "plain" | "squared"): Reward {
  const model = new PalA({ k: 2, latentDimension: 2, distance });
  const parameters = new Map([
    [WEIGHT, EYE],
    [NAMES.prototypes, Float32Array.of(8, 0, 0, 0)],
    [NAMES.weights, new Float32Array(2)],
  ]);
  return rewardOf(fitted(model, OLD, parameters), "u");
}

function directed(head: "inner-product" | "scaled-cosine", logitScale: number): Reward {
  const model = new PalB({ k: 2, latentDimension: 2, head });
  const parameters = new Map([
    [WEIGHT, EYE],
    [`${NAMES.prototypeMap(0)}.mlp.layers.0.weight`, EYE],
    [`${NAMES.prototypeMap(1)}.mlp.layers.0.weight`, EYE.map((value) => 3 * value)],
    [NAMES.weights, new Float32Array(2)],
    [NAMES.logitScale, Float32Array.of(logitScale)],
  ]);
  return rewardOf(fitted(model, ASKED, parameters), "u");
}

describe("by hand", () => {
  test("Model A: minus the distance from (4, 0), the middle of the prototypes", () => {
    expect([...pointed("plain")(ITEMS)]).toEqual([-5, -0]);
    expect([...pointed("squared")(ITEMS)]).toEqual([-25, -0]);
  });

  test("Model B: z is twice the prompt; each to its own prompt, or all to one", () => {
    const reward = directed("inner-product", 0);
    expect([...reward(ITEMS, { contexts: PROMPTS, index: 0 })]).toEqual([0, 8]);
    expect([...reward(ITEMS, { contexts: PROMPTS, index: Int32Array.of(1, 0) })]).toEqual([12, 8]);
    expect([...reward(ITEMS, { contexts: pick(PROMPTS, Int32Array.of(1)) })]).toEqual([12, 0]);
    expect(reward({ ids: [] }, { contexts: PROMPTS, index: 0 })).toHaveLength(0);
  });

  test("scaled cosine: the scale is clamped to 100, and a vector of length 0 has reward 0", () => {
    const context = { contexts: PROMPTS, index: 1 };
    expect([...directed("scaled-cosine", 0)(ITEMS, context)]).toEqual([1, 0]);
    expect([...directed("scaled-cosine", 9)(ITEMS, context)]).toEqual([100, 0]);
    const zero = { ids: ["z"], features: new Float32Array(2) };
    expect([...directed("scaled-cosine", 0)(zero, context)]).toEqual([0]);
  });
});

describe("bad input", () => {
  const world = smallWorld({ items: 4, contexts: 3 });
  const { items, contexts = items } = world;
  const learned = fitted(new PalB({ k: 2, latentDimension: 3 }), world);
  const reward = rewardOf(learned, "u0");
  const narrow = { ids: ["a"], features: new Float32Array(2) };

  test("is named", () => {
    expect(() => rewardOf(learned, "eve")).toThrow('unknown user "eve"; known: "u0", "u1", "u2"');
    expect(() => rewardOf(learned, { weights: Float32Array.of(1) })).toThrow("a state has 2 weights, got 1");
    expect(() => rewardOf(learned, { weights: Float32Array.of(NaN, 1) })).toThrow("weights must be finite");
    expect(() => reward(items)).toThrow("depends on the context; pass { contexts, index }");
    expect(() => reward(items, { contexts })).toThrow("index must say which of the 3 contexts");
    expect(() => reward(items, { contexts, index: 3 })).toThrow(
      "index must be an integer >= 0 and <= 2, got 3",
    );
    expect(() => reward(items, { contexts, index: Int32Array.of(0, 1) })).toThrow(
      "index must have 5 rows as the items have, got 2",
    );
    expect(() => reward(narrow, { contexts, index: 0 })).toThrow(
      "items must have 4 features, as in training, got 2",
    );
    expect(() => reward(items, { contexts: narrow })).toThrow(
      "contexts must have 3 features, as in training, got 2",
    );
    const holed = { ids: ["a"], features: Float32Array.of(0, NaN, 0, 0) };
    expect(() => reward(holed, { contexts, index: 0 })).toThrow("must be finite, got NaN at row 0, column 1");
  });

  test("of models without a context, and of learned items", () => {
    const plain = smallWorld({ items: 4 });
    const reward = rewardOf(fitted(new BradleyTerry(), plain), "u0");
    expect(() => reward(plain.items, { contexts })).toThrow("the model was trained without contexts");
    const named = smallWorld({ items: 0 });
    const byName = rewardOf(fitted(new PalA({ k: 2, latentDimension: 3 }), named), "u0");
    expect(() => byName({ ids: ["i0", "new"] })).toThrow('items: "new" was not in training; known: "i0"');
    expect(() => byName(plain.items)).toThrow(
      "items must have no features (the model learned a vector for each)",
    );
    const both = rewardOf(fitted(new PalA({ k: 2, latentDimension: 3 }), world), "u0");
    expect(() => both(items)).toThrow(
      "items must have 7 features and contexts together, as in training, got 4",
    );
  });
});

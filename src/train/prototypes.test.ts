import { beforeAll, describe, expect, test } from "vitest";
import { selectUser } from "../data/index.js";
import { projected } from "../families/fixtures/reference.js";
import { loadEngine } from "../engine/index.js";
import { BradleyTerry, NAMES, PalB } from "../families/index.js";
import { agreed, opposites, WORLDS } from "../families/fixtures/index.js";
import { fit, FittedPrototypeModel } from "./index.js";

const worlds = WORLDS.filter(({ model }) => model.latent?.prototypes !== undefined);

/** The map of families that have no choice of one. */
const LINEAR = { architecture: "mlp0-linear-dropout0-nobias" };

/** What models with prototypes promise beside the contract. */
describe.each(worlds)("$name", ({ model, train, test: held, adapt, epochs, rates }) => {
  let fitted: FittedPrototypeModel;
  const d = model.latent?.dimension ?? 0;
  const { architecture } = { ...LINEAR, ...model.config };
  const { contexts } = train;
  // a user has a direction for each context, or one point for all
  const inContexts = contexts !== undefined && model.latent?.joinsContexts === false;
  const rows = inContexts ? contexts.ids.length : 1;
  const oneHot = (k: number): Float32Array =>
    Float32Array.from({ length: fitted.k }, (_, j) => (j === k ? 1 : 0));

  beforeAll(async () => {
    const engine = await loadEngine();
    const learned = await fit(model, train, { engine, seed: 1, epochs, batchSize: 64, learningRates: rates });
    if (!(learned instanceof FittedPrototypeModel)) throw new Error("has no prototypes");
    fitted = learned;
  });

  test("weights stay on the simplex, of known and of new users", () => {
    const inferred = fitted.inferAll(adapt).weights;
    for (const weights of [fitted.allWeights, inferred]) {
      for (let row = 0; row < weights.length; row += fitted.k) {
        const own = weights.subarray(row, row + fitted.k);
        expect(Math.min(...own)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(own.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-6);
        if (model.config["assignment"] === "partition") expect(Math.max(...own)).toBe(1);
      }
    }
    expect(fitted.allWeights).toHaveLength(20 * fitted.k);
    expect(fitted.weights(train.users[4])).toEqual(fitted.allWeights.slice(4 * fitted.k, 5 * fitted.k));
  });

  test("users of one kind share a prototype, those of the other have the other", () => {
    // users alternate between the two kinds, in `opposites` and in a partition of ideal points
    const first = train.users.map((_, user) => fitted.allWeights[2 * user]);
    const mean = (parity: number) => first.filter((_, i) => i % 2 === parity).reduce((a, b) => a + b) / 10;
    expect(Math.abs(mean(0) - mean(1))).toBeGreaterThan(0.4);
  });

  test("the ideal point of a one-hot state is the prototype", () => {
    const prototypes = fitted.prototypes(contexts);
    expect(prototypes).toHaveLength(fitted.k * rows * d);
    for (let k = 0; k < fitted.k; k++) {
      const point = fitted.idealPointOf({ weights: oneHot(k) }, contexts);
      expect(point).toHaveLength(rows * d);
      const expected = prototypes.subarray(k * rows * d, (k + 1) * rows * d);
      point.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-5));
    }
    expect(fitted.idealPoint(train.users[0], contexts)).toEqual(
      fitted.idealPointOf(fitted.stateOf(train.users[0]), contexts),
    );
  });

  test("scores follow from latent items and the ideal point", () => {
    const user = held.users[2];
    const pairs = selectUser(held, user);
    const latent = fitted.latentItems(held.items);
    expect(latent).toHaveLength(held.items.ids.length * d);
    const point = fitted.idealPoint(user, contexts);
    const reward = (item: number, row: number): number => {
      let [inner, distance, xx, zz] = [0, 0, 0, 0];
      const offset = inContexts ? (pairs.context?.[row] ?? 0) * d : 0;
      for (let j = 0; j < d; j++) {
        const [x, z] = [latent[item * d + j], point[offset + j]];
        inner += x * z;
        distance += (x - z) ** 2;
        xx += x * x;
        zz += z * z;
      }
      if (model.latent?.geometry === "points")
        return fitted.model.config.distance === "plain" ? -Math.sqrt(distance) : -distance;
      const scale = Math.exp(fitted.parameters.get(NAMES.logitScale)?.[0] ?? 0);
      return model.config["head"] === "scaled-cosine"
        ? (Math.min(100, scale) * inner) / Math.sqrt(xx * zz)
        : inner;
    };
    fitted.scores(pairs, fitted.stateOf(user)).forEach((score, row) => {
      const expected = reward(pairs.right[row], row) - reward(pairs.left[row], row);
      expect(Math.abs(score - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
    });
  });

  test("latent vectors come in the order that is asked for", () => {
    const { ids, features } = held.items;
    const columns = (features?.length ?? 0) / ids.length;
    const latent = fitted.latentItems(held.items);
    const last = ids.length - 1;
    const two = {
      ids: [ids[last], ids[0]],
      ...(features === undefined
        ? {}
        : { features: Float32Array.of(...features.slice(last * columns), ...features.slice(0, columns)) }),
    };
    const got = fitted.latentItems(two);
    const expected = [...latent.slice(last * d), ...latent.slice(0, d)];
    expect(got).toHaveLength(2 * d);
    got.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-6));
    if (features === undefined) {
      expect(() => fitted.latentItems({ ids: ["new"] })).toThrow(
        'items: "new" was not in training; known: "item-0"',
      );
    }
    if (inContexts && contexts.features === undefined) {
      const whole = fitted.prototypes(contexts);
      const one = fitted.prototypes({ ids: [contexts.ids[5]] });
      expect([...one]).toEqual([
        ...whole.slice(5 * d, 6 * d),
        ...whole.slice((rows + 5) * d, (rows + 6) * d),
      ]);
    }
  });

  test("latent items are f of the features", () => {
    const { features } = held.items;
    if (features === undefined) return expect(fitted.learnedItems).toEqual(held.items.ids);
    const latent = fitted.latentItems(held.items);
    const columns = features.length / held.items.ids.length;
    // a family without a map has numbers of its own for an item, which its own tests look at
    if (!fitted.parameters.has(`${NAMES.items}.mlp.layers.0.weight`))
      return expect(latent).toHaveLength(held.items.ids.length * d);
    const map = { prefix: NAMES.items, architecture };
    projected(fitted.parameters, map, [...features.slice(0, columns)]).forEach((value, j) => {
      expect(Math.abs(latent[j] - value)).toBeLessThan(1e-5);
    });
  });
});

describe("partition", () => {
  test("scores with the heaviest prototype alone; training mixes", async () => {
    const engine = await loadEngine();
    const data = opposites();
    const options = { k: 3, latentDimension: 2 };
    const [hard, soft] = (["partition", "mixture"] as const).map(
      (assignment) => new PalB({ ...options, assignment }),
    );
    const [partition, mixture] = [
      await fit(hard, data, { engine, seed: 1, epochs: 2 }),
      await fit(soft, data, { engine, seed: 1, epochs: 2 }),
    ];
    expect(partition.parameters).toEqual(mixture.parameters);
    const user = data.users[0];
    const weights = mixture.weights(user);
    const heaviest = weights.indexOf(Math.max(...weights));
    const alone = Float32Array.from({ length: 3 }, (_, k) => (k === heaviest ? 1 : 0));
    expect(partition.weights(user)).toEqual(alone);
    const pairs = selectUser(data, user);
    expect(partition.scores(pairs, partition.stateOf(user))).toEqual(
      mixture.scores(pairs, { weights: alone }),
    );
    expect(partition.scores(pairs, partition.stateOf(user))).not.toEqual(mixture.scores(pairs, { weights }));
  });

  test("weights from free vectors by hand", () => {
    const free = Float32Array.of(0, Math.log(3), 5, 5);
    const soft = new PalB({ k: 2, latentDimension: 1 }).user.states(free, 2);
    [0.25, 0.75, 0.5, 0.5].forEach((weight, i) => expect(soft[i]).toBeCloseTo(weight, 6));
    const hard = new PalB({ k: 2, latentDimension: 1, assignment: "partition" }).user.states(free, 2);
    expect([...hard]).toEqual([0, 1, 1, 0]);
  });
});

test("Model B needs contexts to show its prototypes; Bradley-Terry has none", async () => {
  const engine = await loadEngine();
  const b = await fit(new PalB({ k: 2, latentDimension: 2 }), opposites(), { engine, seed: 1, epochs: 1 });
  expect(() => b.prototypes()).toThrow("prototypes: the prototypes of Model B are functions of the context");
  const terry = await fit(new BradleyTerry(), agreed(), { engine, seed: 1, epochs: 1 });
  expect(terry).not.toBeInstanceOf(FittedPrototypeModel);
  expect([...terry.stateOf("user-0").weights]).toEqual([1]);
});

import { beforeAll, describe, expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import { selectRows, selectUser, simulateIdealPoints, type PreferenceData } from "../data/index.js";
import { loadEngine, type Engine } from "../engine/index.js";
import { opposites } from "../families/fixtures/index.js";
import { BradleyTerry, PalA, PalB, PalItems, Vpl, type Model } from "../families/index.js";
import { fit, type FittedModel } from "./index.js";

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const data = simulateIdealPoints({
  ...{
    dimension: 2,
    prototypes: 3,
    users: 30,
    comparisonsPerUser: 30,
    setting: "mixture",
    seed: 1,
    pairs: "pool",
  },
  ...{ noise: { slope: 4 }, poolSize: 30 },
} as const);

/** A user's first n answers. */
function answers(n: number, user = "user-3"): PreferenceData {
  return selectRows(
    selectUser(data, user),
    Int32Array.from({ length: n }, (_, i) => i),
  );
}

async function trained(model: Model, epochs = 40): Promise<FittedModel> {
  const options = {
    engine,
    seed: 1,
    batchSize: 128,
    learningRates: { projector: { rate: 0.02 }, prototypes: { rate: 0.05 } },
  };
  return (await fit(model, data, { ...options, epochs })) as FittedModel;
}

/** Points of a grid over the simplex of three, without its edges, row-major. */
function grid(steps: number): Float32Array {
  const points: number[] = [];
  for (let a = 0; a < steps; a++)
    for (let b = 0; a + b < steps; b++)
      points.push((a + 1 / 3) / steps, (b + 1 / 3) / steps, (steps - a - b - 2 / 3) / steps);
  return Float32Array.from(points);
}

describe("what answers say of a user on the simplex", () => {
  test.each([
    ["linear in the weights", new PalA({ k: 3, latentDimension: 2, loss: "logistic" }), true],
    [
      "not linear in them",
      new PalA({
        k: 3,
        latentDimension: 2,
        loss: "logistic",
        userPoint: "f(P)w",
        architecture: "mlp1-gelu-dropout0",
      }),
      true,
    ],
    [
      "by a user point inside a map",
      new PalA({
        k: 3,
        latentDimension: 2,
        loss: "logistic",
        userPoint: "f(Pw)",
        architecture: "mlp1-gelu-dropout0",
      }),
      false,
    ],
  ])("agrees with a grid: %s", async (_, model, isLinear) => {
    const fitted = await trained(model);
    expect(model.user.isLinear).toBe(isLinear);
    const own = answers(8);
    const points = grid(60);
    const count = points.length / 3;
    const scores = fitted.scoresUnderEach(own, points);
    const log = Array.from({ length: count }, (__, i) => {
      let value = 0;
      for (let j = 0; j < 3; j++) value += 0.5 * Math.log(points[3 * i + j]);
      own.label.forEach((label, row) => (value -= Math.log1p(Math.exp(-label * scores[row * count + i]))));
      return value;
    });
    const top = Math.max(...log);
    const mass = log.map((value) => Math.exp(value - top));
    const total = mass.reduce((a, b) => a + b, 0);
    const mean = [0, 1, 2].map((j) => mass.reduce((sum, m, i) => sum + (m / total) * points[3 * i + j], 0));
    const posterior = fitted.posteriorGiven?.(own);
    const draws = posterior?.sample(4000, randomStream(1)) ?? new Float64Array(0);
    mean.forEach((value, j) => {
      const variance = mass.reduce((sum, m, i) => sum + (m / total) * (points[3 * i + j] - value) ** 2, 0);
      expect(Math.abs((posterior?.mean[j] ?? NaN) - value)).toBeLessThan(0.02);
      expect(Math.abs((posterior?.covariance[4 * j] ?? NaN) - variance)).toBeLessThan(0.12 * variance + 1e-4);
      const drawn = draws.reduce((sum, w, i) => sum + (i % 3 === j ? w / 4000 : 0), 0);
      expect(Math.abs(drawn - value)).toBeLessThan(0.03);
    });
    // the same answers, the same posterior
    expect(fitted.posteriorGiven?.(own).mean).toEqual(posterior?.mean);
  });

  test("no answers leave the prior: even weights, with the variance of Dirichlet(1.5)", async () => {
    const fitted = await trained(new PalA({ k: 3, latentDimension: 2 }), 1);
    const { mean, covariance } = fitted.posteriorGiven?.(answers(0)) ?? { mean: [], covariance: [] };
    // a (a0 - a) / (a0² (a0 + 1)) with a = 1.5, a0 = 4.5
    const variance = (1.5 * 3) / (4.5 ** 2 * 5.5);
    for (let j = 0; j < 3; j++) {
      expect(Math.abs(mean[j] - 1 / 3)).toBeLessThan(0.012);
      expect(Math.abs(covariance[4 * j] - variance)).toBeLessThan(0.1 * variance);
    }
  });

  test("who sits at one prototype is at each with the probability that Bayes' rule gives", async () => {
    const votes = opposites();
    const model = new PalB({ k: 2, latentDimension: 4, loss: "logistic", assignment: "partition" });
    const fitted = (await fit(model, votes, { engine, seed: 1, epochs: 20 })) as FittedModel;
    const own = selectRows(selectUser(votes, "person/1"), Int32Array.of(0, 1, 2));
    const scores = fitted.scoresUnderEach(own, Float32Array.of(1, 0, 0, 1));
    const weight = [0, 1].map((k) =>
      own.label.reduce((p, label, row) => p / (1 + Math.exp(-label * scores[2 * row + k])), 1),
    );
    const { mean } = fitted.posteriorGiven?.(own) ?? { mean: [] };
    weight.forEach((value, k) => expect(mean[k]).toBeCloseTo(value / (weight[0] + weight[1]), 6));
  });
});

describe("other kinds of users", () => {
  test("a belief's draws are certain beliefs, as frequent as the belief says", async () => {
    const { items, ...rest } = data;
    const byId = { ...rest, items: { ids: items.ids } };
    const fitted = (await fit(new PalItems({ k: 2 }), byId, { engine, seed: 1 })) as FittedModel;
    const one = selectUser(byId, "user-3");
    const posterior = fitted.posteriorGiven?.(one);
    const states = posterior?.states(4000, randomStream(1)) ?? new Float32Array(0);
    const size = fitted.k;
    const found = fitted.infer(one).weights;
    found.forEach((p, g) => {
      let hits = 0;
      for (let i = 0; i < 4000; i++) hits += states[i * size + g];
      expect(Math.abs(hits / 4000 - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 4000) + 1e-9);
    });
  });

  test("a Gaussian state's draws are scored where they are; one reward for all has no posterior", async () => {
    const fitted = await trained(new Vpl({ latentDimension: 2 }), 5);
    const posterior = fitted.posteriorGiven?.(answers(4));
    expect(posterior?.mean).toEqual(fitted.posterior?.(fitted.infer(answers(4))).mean);
    const draws = posterior?.sample(3, randomStream(2)) ?? new Float64Array(0);
    const states = posterior?.states(3, randomStream(2)) ?? new Float32Array(0);
    expect([0, 1, 4, 5, 8, 9].map((i) => states[i])).toEqual([...Float32Array.from(draws)]);
    expect((await trained(new BradleyTerry(), 1)).posteriorGiven).toBeUndefined();
  });

  test("several users at once are refused", async () => {
    const fitted = await trained(new Vpl({ latentDimension: 2 }), 1);
    expect(() => fitted.posteriorGiven?.(data)).toThrow("needs the comparisons of one user, got 30 users");
  });
});

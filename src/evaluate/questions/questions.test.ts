import { beforeAll, describe, expect, test } from "vitest";
import { selectRows, selectUser, type Pairs, type PreferenceData } from "../../data/index.js";
import { didactic, tidy } from "../../data/worlds/index.js";
import { loadEngine, type Engine } from "../../engine/index.js";
import { BradleyTerry, PalA, Vpl } from "../../families/index.js";
import { fit, type FittedModel } from "../../train/index.js";
import { CRITERIA, isEnough, nextQuestion, type Criterion } from "./index.js";

let engine: Engine;
let pal: FittedModel;
let vpl: FittedModel;
const line = didactic({ users: 60, comparisonsPerUser: 16, modes: 2, seed: 1 });
const kitchen = tidy({ users: 60, comparisonsPerUser: 20, seed: 1 });
const learningRates = { projector: { rate: 0.01 }, prototypes: { rate: 0.05 }, weights: { rate: 0.05 } };

beforeAll(async () => {
  engine = await loadEngine();
  const model = new PalA({
    k: 2,
    latentDimension: 1,
    loss: "logistic",
    architecture: "mlp0-linear-dropout0",
    userPoint: "Pw",
  });
  pal = (await fit(model, line.data, { engine, seed: 1, epochs: 60, learningRates })) as FittedModel;
  const network = new Vpl({ latentDimension: 2, klWeight: 0.1, contextSize: 6, targetSize: 6 });
  vpl = (await fit(network, kitchen.data, { engine, seed: 1, epochs: 80, learningRates })) as FittedModel;
});

/** The first n answers of a user. */
function first(data: PreferenceData, n: number, user = "user-0"): PreferenceData {
  return selectRows(
    selectUser(data, user),
    Int32Array.from({ length: n }, (_, i) => i),
  );
}

/** Pairs alone of some rows. */
function pairsAt({ items, left, right }: PreferenceData, rows: readonly number[]): Pairs {
  return {
    items,
    left: Int32Array.from(rows, (row) => left[row]),
    right: Int32Array.from(rows, (row) => right[row]),
  };
}

/** Every way to put one object on a shelf or the other. */
const SHELVES: Pairs = {
  items: kitchen.data.items,
  left: Int32Array.of(0, 2, 4, 6, 8),
  right: Int32Array.of(1, 3, 5, 7, 9),
};
/** The steel fork and the wooden spoon divide who sorts by function from who sorts by material. */
const DIVISIVE = [1, 2];

describe("criteria, of weights of two prototypes, beside quadrature over the segment", () => {
  const STEPS = 4000;
  const pool = pairsAt(line.data, [200, 300, 400, 500, 600, 700]);

  /** Mass, weights and P(right) of the pool's questions on a grid over w = (t, 1 - t). */
  function onGrid(known: PreferenceData) {
    const t = Array.from({ length: STEPS }, (_, i) => (i + 0.5) / STEPS);
    const states = Float32Array.from(t.flatMap((value) => [value, 1 - value]));
    const answered = pal.scoresUnderEach(known, states);
    const log = t.map((value, i) =>
      known.label.reduce(
        (sum, label, row) => sum - Math.log1p(Math.exp(-label * answered[row * STEPS + i])),
        0.5 * Math.log(value) + 0.5 * Math.log(1 - value),
      ),
    );
    const top = Math.max(...log);
    const raw = log.map((value) => Math.exp(value - top));
    const total = raw.reduce((a, b) => a + b, 0);
    return { t, mass: raw.map((value) => value / total), scores: pal.scoresUnderEach(pool, states) };
  }

  test("mutual information, BALD, D-optimality and volume removal are their integrals", () => {
    const known = first(line.data, 4);
    const { t, mass, scores } = onGrid(known);
    const draws = { draws: 4000, seed: 3 };
    const found = Object.fromEntries(
      (["bald", "mutual information", "d-optimal", "volume removal"] as const).map((criterion) => [
        criterion,
        nextQuestion(pal, known, pool, { criterion, ...draws }).values,
      ]),
    );
    const entropy = (p: number) => (p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p));
    pool.left.forEach((_, q) => {
      const over = (f: (s: number, w: number) => number) =>
        mass.reduce((sum, m, i) => sum + m * f(scores[q * STEPS + i], t[i]), 0);
      const p = (s: number) => 1 / (1 + Math.exp(-s));
      const right = over(p);
      const variance = (weight: (s: number) => number) => {
        const norm = over((s) => weight(s));
        const mean = over((s, w) => weight(s) * w) / norm;
        return { mean, variance: over((s, w) => weight(s) * (w - mean) ** 2) / norm };
      };
      const [yes, no] = [variance(p), variance((s) => 1 - p(s))];
      const within = right * yes.variance + (1 - right) * no.variance;
      const between = right * (1 - right) * (yes.mean - no.mean) ** 2;
      // two coordinates, w and 1 - w, that vary alike
      const information =
        Math.log(within + between) - right * Math.log(yes.variance) - (1 - right) * Math.log(no.variance);
      const mean = over((s) => s);
      expect(Math.abs(found.bald[q] - (entropy(right) - over((s) => entropy(p(s)))))).toBeLessThan(0.006);
      expect(Math.abs(found["mutual information"][q] - information)).toBeLessThan(0.05 * information + 0.01);
      const spread = over((s) => (s - mean) ** 2);
      expect(Math.abs(found["d-optimal"][q] - spread)).toBeLessThan(0.1 * spread);
      expect(Math.abs(found["volume removal"][q] - Math.min(right, 1 - right))).toBeLessThan(0.015);
    });
  });

  test("d-optimal is x' C x of the posterior's covariance: scores are linear in the weights", () => {
    const known = first(line.data, 4);
    const { covariance } = pal.posteriorGiven?.(known) ?? { covariance: new Float64Array(4) };
    const x = pal.scoresUnderEach(pool, Float32Array.of(1, 0, 0, 1));
    const { values } = nextQuestion(pal, known, pool, { criterion: "d-optimal", draws: 4000 });
    values.forEach((value, q) => {
      const [a, b] = [x[2 * q], x[2 * q + 1]];
      const expected = a * a * covariance[0] + 2 * a * b * covariance[1] + b * b * covariance[3];
      expect(Math.abs(value - expected)).toBeLessThan(0.1 * expected);
    });
  });
});

describe("questions to somebody who sorts things", () => {
  const informed: readonly Criterion[] = CRITERIA.filter(
    (name) => !["random", "released", "least entropy"].includes(name),
  );

  test.each(informed)("%s asks about an object that divides people", (criterion) => {
    const { row, value, values } = nextQuestion(vpl, first(kitchen.data, 0), SHELVES, { criterion });
    expect(DIVISIVE).toContain(row);
    expect(value).toBe(Math.max(...values));
    expect(values).toHaveLength(5);
  });

  test("one such answer is enough, none is not", () => {
    expect(isEnough(vpl, first(kitchen.data, 0), SHELVES, { threshold: 0.1 })).toBe(false);
    const user = selectUser(kitchen.data, "user-0");
    const asked = [...user.left.keys()].filter((row) => DIVISIVE.includes(user.left[row] >> 1)).slice(0, 1);
    const known = selectRows(user, Int32Array.from(asked));
    const about = known.left[0] >> 1;
    const rest = [0, 1, 2, 3, 4].filter((object) => object !== about);
    const pool = {
      ...SHELVES,
      left: Int32Array.from(rest, (o) => 2 * o),
      right: Int32Array.from(rest, (o) => 2 * o + 1),
    };
    expect(isEnough(vpl, known, pool, { threshold: 0.1 })).toBe(true);
  });

  test("a state says as much as no answers do, and the same seed the same", () => {
    const nobody = first(kitchen.data, 0);
    const state = vpl.infer(nobody);
    expect(nextQuestion(vpl, state, SHELVES, "bald").values).toEqual(
      nextQuestion(vpl, nobody, SHELVES, "bald").values,
    );
    const at = (seed: number) => nextQuestion(vpl, nobody, SHELVES, { criterion: "random", seed }).values;
    expect(at(1)).toEqual(at(1));
    expect(at(1)).not.toEqual(at(2));
  });

  test("by the network: moment-matched information is what the states after both answers say", () => {
    const known = first(kitchen.data, 2, "user-1");
    const asked = new Set(Array.from(known.left, (item) => item >> 1));
    const object = [0, 1, 2, 3, 4].find((o) => !asked.has(o)) ?? 0;
    const pool = { ...SHELVES, left: Int32Array.of(2 * object), right: Int32Array.of(2 * object + 1) };
    const { values } = nextQuestion(vpl, known, pool, "mutual information, uniform answers");
    const after = [-1, 1].map((label) => {
      const data = selectRows(known, Int32Array.of(0, 1, 0));
      data.left[2] = pool.left[0];
      data.right[2] = pool.right[0];
      data.label[2] = label;
      return vpl.posterior?.(vpl.infer(data)) ?? { mean: [], covariance: [] };
    });
    const expected = [0, 1].reduce((sum, j) => {
      const [a, b] = after.map(({ covariance }) => covariance[3 * j]);
      const apart = (after[0].mean[j] - after[1].mean[j]) ** 2 / 4;
      return sum + Math.log((a + b) / 2 + apart) / 2 - (Math.log(a) + Math.log(b)) / 4;
    }, 0);
    expect(Math.abs(values[0] - expected)).toBeLessThan(1e-5);
  });
});

describe("bad input", () => {
  const known = () => first(kitchen.data, 3);
  test("an empty pool, and one that holds what was asked, on whichever side", () => {
    const none = { ...SHELVES, left: new Int32Array(0), right: new Int32Array(0) };
    expect(() => nextQuestion(vpl, known(), none)).toThrow(
      "nextQuestion: pool must hold at least one question, got none",
    );
    const { left, right } = known();
    const turned = { ...SHELVES, left: Int32Array.of(right[0]), right: Int32Array.of(left[0]) };
    expect(() => nextQuestion(vpl, known(), turned)).toThrow(
      /pool must not hold what was asked already, got ".*" at row 0; leave/,
    );
  });

  test("a model without a posterior, a state that has none, a criterion that is not in nats", async () => {
    const one = (await fit(new BradleyTerry(), kitchen.data, { engine, seed: 1, epochs: 1 })) as FittedModel;
    expect(() => nextQuestion(one, first(kitchen.data, 0), SHELVES)).toThrow(
      "BradleyTerry has no posterior of a user",
    );
    expect(() => nextQuestion(pal, pal.stateOf("user-1"), pairsAt(line.data, [0]))).toThrow(
      "a state of PalA does not say how sure it is; give the user's comparisons instead",
    );
    expect(() => isEnough(vpl, first(kitchen.data, 0), SHELVES, { criterion: "random" })).toThrow(
      'isEnough: criterion must be one of "mutual information, uniform answers", "mutual information", "bald", got "random"',
    );
    expect(() => nextQuestion(vpl, first(kitchen.data, 0), SHELVES, "best" as Criterion)).toThrow(
      "criterion must be one of",
    );
    expect(() => isEnough(vpl, first(kitchen.data, 0), SHELVES, { threshold: 0 })).toThrow(
      "threshold must be a number > 0",
    );
  });
});

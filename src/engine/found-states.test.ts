import { describe, expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import { selectRows, type PreferenceData } from "../data/index.js";
import { CASES, opposites, randomParameters } from "../families/fixtures/index.js";
import { Vpl } from "../families/index.js";
import { answersOfUsers } from "./evidence-sets.js";
import { ENGINES_HERE } from "./fixtures/engines.js";
import { loadEngine, type TrainerOptions } from "./index.js";
import { TargetSets } from "./target-sets.js";

/** Small: Adam makes a step of it even of a gradient of rounding errors. */
const all = { rate: 1e-6 };
const OPTIONS: TrainerOptions = {
  seed: 3,
  batchSize: 4,
  optimizer: "adam",
  learningRates: { projector: all, weights: all, tables: all, transformer: all },
};
const found = Object.values(CASES)
  .flat()
  .filter(({ model }) => model.user.found !== undefined);

describe("targets and their context", () => {
  const data = opposites();
  const answers = answersOfUsers(data.user, data.users.length);
  const sets = new TargetSets(answers, { context: 5, targets: 7, noise: 1 }, randomStream(1));

  test("every pass predicts each answer once, from other answers of the same user", () => {
    const sizes = new Set<number>();
    for (let pass = 0; pass < 3; pass++) {
      const { order, set, evidence } = sets.next();
      expect([...order].sort((a, b) => a - b)).toEqual([...data.user.keys()]);
      // the rows of a set lie side by side
      expect(order.filter((row, i) => i > 0 && set[row] !== set[order[i - 1]])).toHaveLength(
        evidence.from.length - 2,
      );
      for (const row of order) {
        const context = evidence.rows.subarray(evidence.from[set[row]], evidence.from[set[row] + 1]);
        sizes.add(context.length);
        expect(context.includes(row)).toBe(false);
        expect(context.every((other) => data.user[other] === data.user[row])).toBe(true);
      }
    }
    expect([...sizes].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test.each([
    ["some or none", [0, 1, 2, 3, 4, 5]],
    ["all", [5]],
  ] as const)("%s: contexts of as many answers as are wanted", (draw, expected) => {
    const drawn = new TargetSets(answers, { context: 5, targets: 7, noise: 1, draw }, randomStream(1));
    const sizes = new Set<number>();
    for (let pass = 0; pass < 3; pass++) {
      const { order, set, evidence } = drawn.next();
      for (const row of order) {
        const context = evidence.rows.subarray(evidence.from[set[row]], evidence.from[set[row] + 1]);
        sizes.add(context.length);
        expect(context.includes(row)).toBe(false);
      }
    }
    expect([...sizes].sort()).toEqual(expected);
  });

  test("passes differ, and the same seed gives the same", () => {
    const again = new TargetSets(answers, { context: 5, targets: 7, noise: 1 }, randomStream(1));
    const [first, second] = [again.next(), again.next()];
    expect(second).not.toEqual(first);
    const other = new TargetSets(answers, { context: 5, targets: 7, noise: 1 }, randomStream(1));
    expect(other.next()).toEqual(first);
  });

  test("who answered once is predicted from nothing", () => {
    const once = new TargetSets(
      answersOfUsers(Int32Array.of(0, 1, 1), 2),
      { context: 5, targets: 7, noise: 1 },
      randomStream(1),
    );
    const { set, evidence } = once.next();
    expect(evidence.from[set[0] + 1] - evidence.from[set[0]]).toBe(0);
    expect(set[1]).not.toBe(set[2]);
  });
});

test.each(found)("$name: engines train alike, to the same states", async ({ model, data }) => {
  const runs = await Promise.all(
    ["wasm" as const, "tfjs-cpu" as const].map(async (name) => {
      const engine = await loadEngine(name);
      const trainer = engine.createTrainer(model, data, OPTIONS);
      const losses = [trainer.epoch(), trainer.epoch(), trainer.epoch()];
      return { losses, parameters: trainer.snapshot() };
    }),
  );
  const [wasm, tfjs] = runs;
  wasm.losses.forEach((loss, epoch) =>
    expect(Math.abs(loss - tfjs.losses[epoch])).toBeLessThan(1e-5 * Math.max(1, loss)),
  );
  for (const [name, values] of wasm.parameters)
    values.forEach((value, i) =>
      expect(Math.abs(value - (tfjs.parameters.get(name)?.[i] ?? NaN)), `${name}[${i}]`).toBeLessThan(5e-5),
    );
});

describe.each(ENGINES_HERE)("%s engine", (name) => {
  const { model, data } = CASES["vpl"][0];
  const parameters = randomParameters(model, data);

  test("a state does not change with the order of answers, nor with sides and labels swapped", async () => {
    const engine = await loadEngine(name);
    const states = engine.states(model, parameters, data);
    const swapped: PreferenceData = {
      ...data,
      left: data.right,
      right: data.left,
      label: data.label.map((label) => -label),
    };
    expect(engine.states(model, parameters, swapped)).toEqual(states);
    const turned = selectRows(data, Int32Array.from(data.user.keys()).reverse());
    engine
      .states(model, parameters, turned)
      .forEach((value, i) => expect(Math.abs(value - states[i])).toBeLessThan(1e-6));
  });

  test("many users at once are found as one alone is", async () => {
    const engine = await loadEngine(name);
    const many = opposites();
    const vpl = new Vpl({ encoderWidth: 5, decoderWidth: 5 });
    const values = randomParameters(vpl, many);
    const users = Array.from({ length: 150 }, (_, i) => `u${i}`);
    const spread = { ...many, users, user: many.user.map((_, row) => (row * 7) % 150) };
    const states = engine.states(vpl, values, spread);
    for (const who of [0, 63, 64, 149]) {
      const own = selectRows(
        spread,
        Int32Array.from([...spread.user.keys()].filter((row) => spread.user[row] === who)),
      );
      const alone = engine.states(vpl, values, { ...own, users: [users[who]], user: own.user.fill(0) });
      alone.forEach((value, j) => expect(Math.abs(value - states[4 * who + j])).toBeLessThan(1e-6));
    }
  });

  test("noise moves scores, and none is the mean", async () => {
    const engine = await loadEngine(name);
    const at = (value: number) =>
      engine.lossAndGradients(model, parameters, data, {
        noise: new Float32Array(2 * data.users.length).fill(value),
      });
    expect(at(0)).toEqual(engine.lossAndGradients(model, parameters, data));
    expect(at(1).loss).not.toBe(at(0).loss);
    expect(() => engine.lossAndGradients(model, parameters, data, { noise: new Float32Array(5) })).toThrow(
      "lossAndGradients: noise must have shape [3, 2], got 5 numbers",
    );
  });

  test("targets are scored by what others of their users' answers say", async () => {
    const engine = await loadEngine(name);
    const targets = Int32Array.of(0, 3, 7);
    const isTarget = new Set(targets);
    const others = Int32Array.from([...data.user.keys()].filter((row) => !isTarget.has(row)));
    const { scores } = engine.lossAndGradients(model, parameters, data, { targets });
    const asked = selectRows(data, targets);
    const states = engine.states(model, parameters, selectRows(data, others));
    const expected = engine.scores(model, parameters, asked, { user: asked.user, states });
    expect(scores).toHaveLength(3);
    expected.forEach((score, i) => expect(Math.abs(score - scores[i])).toBeLessThan(1e-6));
    expect(() => engine.lossAndGradients(model, parameters, data, { targets: Int32Array.of(11) })).toThrow(
      "lossAndGradients: targets must be an integer >= 0 and <= 10, got 11",
    );
    expect(() => engine.lossAndGradients(model, parameters, data, { targets: new Int32Array() })).toThrow(
      "lossAndGradients: rows that are targets must be an integer >= 1, got 0",
    );
  });

  test("chunks are refused, as they do not hold all of a user's answers", async () => {
    const engine = await loadEngine(name);
    expect(() => engine.createStreamTrainer(model, data, { ...OPTIONS, chunkSize: 11 })).toThrow(
      "createStreamTrainer: Vpl finds its users' states from all of their answers, which a chunk does not hold",
    );
  });
});

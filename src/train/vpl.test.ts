import { beforeAll, describe, expect, test } from "vitest";
import { selectRows, type PreferenceData } from "../data/index.js";
import { loadEngine, type Engine } from "../engine/index.js";
import { opposites } from "../families/fixtures/index.js";
import { BradleyTerry, Vpl } from "../families/index.js";
import { didactic } from "../families/vpl/fixtures/didactic.js";
import { accuracyAsReleased, accuracyUnseen } from "../evaluate/index.js";
import { activeUnits, decodeModel, fit, type Fitted } from "./index.js";

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

function accuracy(scores: Float32Array, data: PreferenceData): number {
  return scores.filter((score, row) => score > 0 === data.label[row] > 0).length / scores.length;
}

describe("the four kinds of users of the didactic world", () => {
  const [ANSWERS, ASKED, USERS] = [16, 28, 200];
  const fresh = didactic(USERS, ASKED, 2);
  const rows = (isWanted: (place: number) => boolean): PreferenceData =>
    selectRows(fresh, Int32Array.from([...fresh.user.keys()].filter((row) => isWanted(row % ASKED))));
  const held = rows((place) => place >= ANSWERS);
  const learningRates = { projector: { rate: 0.003 } };
  let fitted: Fitted<Vpl>;
  const newUsers = (count: number): number => {
    const { weights } = fitted.inferAll(rows((place) => place < count));
    return accuracy(fitted.scoresBy(held, { user: held.user, weights }), held);
  };

  beforeAll(async () => {
    const training = { engine, seed: 1, epochs: 60, batchSize: 256, learningRates };
    fitted = await fit(new Vpl({ klWeight: 0.3 }), didactic(400, 16), training);
  });

  test("one reward for all cannot tell them apart; eight answers of somebody new can", async () => {
    const training = { engine, seed: 1, epochs: 60, batchSize: 256, learningRates };
    const model = new BradleyTerry({ architecture: "mlp2-gelu-dropout0", latentDimension: 32 });
    const one = await fit(model, didactic(400, 16), training);
    const weights = new Float32Array(USERS).fill(1);
    expect(accuracy(one.scoresBy(held, { user: held.user, weights }), held)).toBeLessThan(0.72);
    // who knows the kind is right at .905, and Bayes' rule from the same eight answers at .885, in such worlds
    expect(newUsers(8)).toBeGreaterThan(0.82);
  });

  test("the more answers the better, and the surer", () => {
    const accuracies = [0, 2, 8].map(newUsers);
    expect(accuracies[1]).toBeGreaterThan(accuracies[0] + 0.05);
    expect(accuracies[2]).toBeGreaterThan(accuracies[1] + 0.01);
    const volume = (count: number): number => {
      const { weights } = fitted.inferAll(rows((place) => place < count));
      const each = Array.from({ length: USERS }, (_, u) =>
        fitted
          .posterior?.({ weights: weights.subarray(4 * u, 4 * u + 4) })
          .covariance.reduce((a, b) => a + b),
      );
      return each.reduce<number>((sum, value) => sum + (value ?? NaN) / USERS, 0);
    };
    expect(volume(0)).toBeCloseTo(2, 10);
    expect(volume(8)).toBeLessThan(0.75 * volume(0));
  });

  test("the released evaluation asks for what it was told, and looks better than it is", () => {
    const told = rows((place) => place < 1);
    const { weights } = fitted.inferAll(told);
    const predicted = accuracy(fitted.scoresBy(held, { user: held.user, weights }), held);
    expect(accuracyAsReleased(fitted, told).accuracy).toBeGreaterThan(predicted + 0.05);
    expect(accuracyUnseen(fitted, told, held).accuracy).toBe(predicted);
  });

  test("z says something of the users, and training warned of nothing", () => {
    expect(activeUnits(fitted).count).toBeGreaterThan(0);
    expect(fitted.history?.warnings).toBeUndefined();
  });

  test("a trained user's state is found from all of their answers, and saved", () => {
    const train = didactic(400, 16);
    expect(fitted.inferAll(train).weights).toEqual(fitted.allWeights);
    const loaded = decodeModel(fitted.save(), engine);
    expect(loaded.stateOf("u7")).toEqual(fitted.stateOf("u7"));
    expect(loaded.scoresOf(train)).toEqual(fitted.scoresOf(train));
  });
});

test("a loss that is not a number names the epoch, and users without answers are named", async () => {
  const data = opposites();
  const options = {
    engine,
    seed: 1,
    epochs: 50,
    batchSize: 64,
    learningRates: { projector: { rate: 1e30 } },
  };
  await expect(fit(new Vpl(), data, options)).rejects.toThrow(
    /fit: the loss is (NaN|Infinity) at epoch \d+ with learning rates/,
  );
  await expect(fit(new Vpl(), { ...data, users: [...data.users, "mute"] }, options)).rejects.toThrow(
    'fit: 1 of 25 users have no comparisons: "mute"',
  );
});

test("more coordinates than answers can inform, and a larger context than there is, are said in the history", async () => {
  const data = opposites();
  const model = new Vpl({ latentDimension: 64, contextSize: 1000, encoderWidth: 4, decoderWidth: 4 });
  const { history } = await fit(model, data, { engine, seed: 1, epochs: 1 });
  expect(history?.warnings).toEqual(
    model.warnings(data.users.map((_, who) => data.user.filter((u) => u === who).length)),
  );
  expect(history?.warnings).toHaveLength(2);
});

test.each(["wasm", "tfjs-cpu"] as const)(
  "%s: a divergence that explodes is named with its weight",
  async (name) => {
    const model = new Vpl({ klWeight: 10, klSchedule: "constant", encoderWidth: 4, decoderWidth: 4 });
    const options = {
      engine: await loadEngine(name),
      seed: 1,
      epochs: 50,
      learningRates: { projector: { rate: 30 } },
    };
    await expect(fit(model, opposites(), options)).rejects.toThrow(
      /fit: the loss is (NaN|Infinity) at epoch \d+ with learning rates projector 30, .*, and so is klWeight 10 \/ targetSize 8 · KL\(q \|\| prior\); try smaller ones, or a smaller weight/,
    );
  },
);

import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { gaussian } from "../users/index.js";
import { dataSizes } from "../parts/index.js";
import { smallWorld } from "../fixtures/index.js";
import { Vpl, type VplOptions } from "./vpl.js";

test.each<[VplOptions, string]>([
  [{ klWeight: -0.1 }, "Vpl: klWeight must be a number >= 0, got -0.1"],
  [{ klWeight: NaN }, "Vpl: klWeight must be a finite number >= 0, got NaN"],
  [{ encoderWidth: 0 }, "Vpl: encoderWidth must be an integer >= 1, got 0"],
  [{ decoderWidth: 0 }, "Vpl: decoderWidth must be an integer >= 1, got 0"],
  [{ latentDimension: 0 }, "Vpl: latentDimension must be an integer >= 1, got 0"],
  [{ contextSize: 0 }, "Vpl: contextSize must be an integer >= 1, got 0"],
  [{ targetSize: 1.5 }, "Vpl: targetSize must be an integer >= 1, got 1.5"],
  [{ setEncoder: "lstm" as never }, 'Vpl: setEncoder must be one of "mean", "attention", "flat", got "lstm"'],
  [{ prior: "flat" as never }, 'Vpl: prior must be one of "standard", "learned", got "flat"'],
  [{ freeNats: -1 }, "Vpl: freeNats must be a number >= 0, got -1"],
  [{ klBaseline: 1.1 }, "Vpl: klBaseline must be a number >= 0 and <= 1, got 1.1"],
  [
    { klSchedule: "logistic" as never },
    'Vpl: klSchedule must be one of "smooth", "constant", "linear", "cosine", "cyclic"',
  ],
  [
    { flow: "planar" as never },
    'Vpl: flow must be one of "none", "prior", "posterior", "released", got "planar"',
  ],
  [{ flowSteps: 0 }, "Vpl: flowSteps must be an integer >= 1, got 0"],
  [
    { contextDraw: "none" as never },
    'Vpl: contextDraw must be one of "some", "some or none", "all", got "none"',
  ],
  [{ beta: 1 } as never, 'Vpl: unknown option "beta"'],
])("bad options %j", (options, message) => {
  expect(() => new Vpl(options)).toThrow(message);
});

test("data that an encoder or a decoder cannot read are refused", () => {
  const parameters = (options: VplOptions, items: number) => () =>
    new Vpl(options).parameters(dataSizes(smallWorld({ items }), 3));
  expect(parameters({ setEncoder: "flat" }, 0)).toThrow("Vpl: a flat encoder reads features");
  expect(parameters({ steps: 3 }, 4)).toThrow(
    "Vpl: items of 3 steps must have features, as many for each step, got 4",
  );
  expect(parameters({ steps: 3 }, 0)).toThrow("as many for each step, got 0");
  expect(parameters({ steps: 2, decoder: "classifier" }, 4)).toThrow(
    "Vpl: a classifier says who is preferred of two items of one step, got items of 2",
  );
  expect(parameters({ flow: "prior", latentLength: "fixed" }, 4)).toThrow(
    'Vpl: latentLength "fixed" is of z without a flow, got flow "prior"',
  );
});

test("the weight of the divergence rises over the first passes, unless it is there at once", () => {
  const factors = [0, 5, 10, 20, 99].map((pass) => new Vpl({ klWarmup: 20 }).penaltyFactor(pass));
  expect(factors).toEqual([0, 0.15625, 0.5, 1, 1]);
  expect(new Vpl({ klWarmup: 0 }).penaltyFactor(0)).toBe(1);
});

test("the weight can be constant, or rise in a line or by a cosine, once or again and again", () => {
  const factors = (options: VplOptions, ...passes: number[]): number[] =>
    passes.map((pass) => new Vpl({ klWarmup: 20, ...options }).penaltyFactor(pass));
  expect(factors({ klSchedule: "constant" }, 0, 7)).toEqual([1, 1]);
  expect(factors({ klSchedule: "linear" }, 0, 5, 10, 20, 99)).toEqual([0, 0.25, 0.5, 1, 1]);
  expect(factors({ klSchedule: "linear", klBaseline: 0.25 }, 0, 10)).toEqual([0.25, 0.625]);
  const cosine = (pass: number): number => (1 - Math.cos((Math.PI * pass) / 20)) / 2;
  factors({ klSchedule: "cosine" }, 3, 17).forEach((factor, i) =>
    expect(factor).toBeCloseTo(cosine([3, 17][i]), 14),
  );
  expect(factors({ klSchedule: "cosine" }, 20, 33)).toEqual([1, 1]);
  expect(factors({ klSchedule: "cyclic" }, 0, 20, 60)).toEqual([0, 0, 0]);
  factors({ klSchedule: "cyclic" }, 27, 79).forEach((factor, i) =>
    expect(factor).toBeCloseTo(cosine([7, 19][i]), 14),
  );
  expect(factors({ klSchedule: "cyclic", klWarmup: 0 }, 0, 5)).toEqual([1, 1]);
});

test("what so many answers cannot inform is said with its numbers", () => {
  const said = (options: VplOptions, ...answers: number[]): string[] => new Vpl(options).warnings(answers);
  expect(said({}, 16, 16)).toEqual([]);
  expect(said({ contextSize: 12 }, 16, 9)).toEqual([
    "Vpl: contextSize is 12, but no user has so many answers besides those that are predicted (8 of 16 are): z is found from at most 8 in training",
  ]);
  expect(said({ latentDimension: 32 }, 40)).toEqual([
    "Vpl: latentDimension is 32, more than 8 answers of two outcomes can inform (at most 5.5 nats): most coordinates of z will say nothing; give a smaller one, or more answers",
  ]);
  expect(said({ targetSize: 2, contextSize: 2, latentDimension: 3 }, 1, 1).join()).toContain(
    "more than 0 answers",
  );
});

test("parameters are named by what they read", () => {
  const model = new Vpl({
    latentDimension: 3,
    encoderWidth: 5,
    decoderWidth: 6,
    prior: "learned",
    decoderDepth: 1,
  });
  const specs = model.parameters(dataSizes(smallWorld({ items: 4, contexts: 0 }), 7));
  expect(Object.fromEntries(specs.map(({ name, shape }) => [name, shape.join("x")]))).toEqual({
    "user_learner.tables.0": "3x3",
    "Encoder.model.0.chosen": "5x4",
    "Encoder.model.0.rejected": "5x4",
    "Encoder.model.0.context": "5x3",
    "Encoder.model.0.bias": "5",
    "Encoder.model.2.weight": "5x5",
    "Encoder.model.2.bias": "5",
    "Encoder.set.weight": "5x5",
    "Encoder.head.weight": "6x5",
    prior: "6",
    "Decoder.model.0.item": "6x4",
    "Decoder.model.0.context": "6x3",
    "Decoder.model.0.latent": "6x3",
    "Decoder.model.0.bias": "6",
    "Decoder.model.2.weight": "1x6",
    "user_learner.posterior": "7x6",
  });
});

describe("a user's posterior", () => {
  const kind = gaussian(2, { context: 1, targets: 1 });
  const { mean, covariance, sample } = kind.posterior(Float32Array.of(1, -2, 0, Math.log(4)));

  test("has the mean and the variances that the state says", () => {
    expect([...mean]).toEqual([1, -2]);
    [1, 0, 0, 4].forEach((value, i) => expect(Math.abs(covariance[i] - value)).toBeLessThan(1e-6));
  });

  test("is sampled by a stream: the same seed, the same draws, with its mean and variance", () => {
    const [n, draws] = [20_000, sample(20_000, randomStream(1))];
    expect(sample(n, randomStream(1))).toEqual(draws);
    [0, 1].forEach((j) => {
      const own = draws.filter((_, i) => i % 2 === j);
      const centre = own.reduce((sum, x) => sum + x, 0) / n;
      const spread = own.reduce((sum, x) => sum + (x - centre) ** 2, 0) / n;
      // four standard errors
      expect(Math.abs(centre - mean[j])).toBeLessThan(4 * Math.sqrt(covariance[3 * j] / n));
      expect(Math.abs(spread / covariance[3 * j] - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    });
    expect(() => sample(-1, randomStream(1))).toThrow("sample: n must be an integer >= 0, got -1");
  });
});

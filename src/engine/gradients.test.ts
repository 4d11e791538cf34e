import { describe, expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import { CASES, randomParameters, reference, type Values } from "../families/fixtures/index.js";
import { ENGINES_HERE } from "./fixtures/engines.js";
import { loadEngine } from "./index.js";
import { layerName, NAMES, parseArchitecture, type Model } from "../families/index.js";
import type { PreferenceData } from "../data/index.js";

/** Of central differences in float64: their error is about STEP² times a third derivative, far below float32's rounding. */
const STEP = 1e-5;
/** The engine computes in float32; relative to the largest gradient of the parameter or to 1. */
const TOLERANCE = 1e-5;

/** A parameter of more entries than this is looked at in blocks of so many, each along a random corner of its cube. */
const BLOCK = 8;
/** Times that a parameter is divided into blocks: two wrong entries that cancel once do not twice. */
const DIVISIONS = 2;

/** A derivative of the loss: by these entries of a parameter, each moved by its sign. */
interface Slope {
  readonly signs: ReadonlyMap<number, number>;
  readonly slope: number;
}

const known = new Map<PreferenceData, Map<string, readonly Slope[]>>();

/** {@link differences}, computed once for all engines: a case has data of its own. */
function slopes(model: Model, values: Values, data: PreferenceData, name: string): readonly Slope[] {
  const ofCase = known.get(data) ?? new Map<string, readonly Slope[]>();
  const found = ofCase.get(name) ?? differences(model, values, data, name);
  known.set(data, ofCase.set(name, found));
  return found;
}

/** Derivatives in which each entry of one parameter takes part: the sum over a block is held to the same bound as one entry. */
function differences(model: Model, values: Values, data: PreferenceData, name: string): Slope[] {
  const start = Float64Array.from(values.get(name) ?? []);
  return blocksOf(start.length).map((signs) => {
    const at = (step: number): number => {
      const moved = start.map((value, i) => value + step * (signs.get(i) ?? 0));
      return reference(model, new Map([...values, [name, moved]]), data).loss;
    };
    // as far in all together as one entry alone
    const step = STEP / Math.sqrt(signs.size);
    return { signs, slope: (at(step) - at(-step)) / (2 * step) };
  });
}

function blocksOf(entries: number): Map<number, number>[] {
  if (entries <= BLOCK) return Array.from({ length: entries }, (_, i) => new Map([[i, 1]]));
  const random = randomStream(1);
  return Array.from({ length: DIVISIONS }, () => random.permutation(entries)).flatMap((order) =>
    Array.from(
      { length: Math.ceil(entries / BLOCK) },
      (_, block) =>
        new Map(
          Array.from(order.subarray(block * BLOCK, (block + 1) * BLOCK), (i) => [
            i,
            random.uniform() < 0.5 ? 1 : -1,
          ]),
        ),
    ),
  );
}

/** One prototype's weight is 1 whatever the free vector; the items' last bias mostly falls out of differences between items, as every bias does where all is linear. */
function isWithoutEffect(model: Model, name: string): boolean {
  const { hiddenLayers, activation } = parseArchitecture("test", architectureOf(model));
  const isItemsBias = name.startsWith(NAMES.items) && name.endsWith(".bias");
  const isLast = name.startsWith(layerName(NAMES.items, hiddenLayers));
  // found from answers when training is read out
  if (model.user.found !== undefined && name === model.user.parameter) return true;
  return (
    (isItemsBias && (isLast || activation === "linear")) ||
    (name === NAMES.weights && "k" in model && model.k === 1)
  );
}

function architectureOf(model: Model): string {
  // families that have no choice of a map have a linear one
  return { architecture: "mlp0-linear-dropout0-nobias", ...model.config }.architecture;
}

describe.each(ENGINES_HERE)("%s engine", (engineName) => {
  describe.each(Object.entries(CASES))("%s", (_, cases) => {
    test.each(cases)("$name: scores, loss and every gradient", async ({ model, data }) => {
      const engine = await loadEngine(engineName);
      const parameters = randomParameters(model, data);
      const truth = reference(model, parameters, data);
      const { scores, loss, gradients } = engine.lossAndGradients(model, parameters, data);
      scores.forEach((score, row) => {
        expect(Math.abs(score - truth.scores[row]), `score ${row}`).toBeLessThan(
          TOLERANCE * Math.max(1, Math.abs(truth.scores[row])),
        );
      });
      expect(Math.abs(loss - truth.loss)).toBeLessThan(TOLERANCE * Math.max(1, truth.loss));
      // a point on a kink of the hinge would make differences meaningless
      if (model.loss === "hinge") {
        const gaps = truth.scores.map((score, row) => Math.abs(model.margin - score * data.label[row]));
        expect(Math.min(...gaps)).toBeGreaterThan(100 * STEP);
      }
      expect([...gradients.keys()]).toEqual([...parameters.keys()]);
      for (const name of parameters.keys()) {
        const expected = slopes(model, parameters, data, name);
        const largest = Math.max(
          1,
          ...expected.map(({ slope, signs }) => Math.abs(slope) / Math.sqrt(signs.size)),
        );
        for (const { signs, slope } of expected) {
          const got = [...signs].reduce(
            (sum, [i, sign]) => sum + sign * (gradients.get(name)?.[i] ?? NaN),
            0,
          );
          if (!(Math.abs(got - slope) < TOLERANCE * largest))
            expect.fail(`${name}[${[...signs.keys()].join()}]: ${got}, not ${slope}`);
        }
        if (!isWithoutEffect(model, name))
          expect(
            Math.max(...expected.map(({ slope }) => Math.abs(slope))),
            `${name} matters`,
          ).toBeGreaterThan(1e-4);
      }
    });
  });
});

test("a vector of length 0 has no direction: its scaled cosine is 0, with a finite gradient", async () => {
  const engine = await loadEngine();
  const { model, data } = CASES["pal-b"].filter(
    ({ name }) => name === "scaled-cosine hinge mlp0-linear-dropout0-nobias",
  )[0];
  const features = data.items.features?.slice().fill(0, 0, 4);
  const world = { ...data, items: { ...data.items, features } };
  const { loss, gradients, scores } = engine.lossAndGradients(model, randomParameters(model, data), world);
  expect(Number.isFinite(loss)).toBe(true);
  expect(scores.every(Number.isFinite)).toBe(true);
  for (const [name, values] of gradients) expect(values.every(Number.isFinite), name).toBe(true);
});

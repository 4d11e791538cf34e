import type { PreferenceData } from "../../src/data/index.js";
import { BradleyTerry, Dpl, type Model } from "../../src/families/index.js";
import {
  arrayOf,
  numberOf,
  type Compare,
  type Compared,
  type FamilyCase,
  type Stored,
} from "./family-case.js";
import { backThrough, through } from "./toy-network.js";

const TABLE = "item_learner.table";

/** Comparison b is of rows b and B + b of a table of utilities, given as they are: [2 B, c]. */
function comparisons(pairs: number, label: ArrayLike<number>): PreferenceData {
  const numbers = Int32Array.from({ length: pairs }, (_, b) => b);
  return {
    users: ["u"],
    items: { ids: Array.from({ length: 2 * pairs }, (_, i) => `i${i}`) },
    user: new Int32Array(pairs),
    left: numbers,
    right: numbers.map((b) => pairs + b),
    label: Int8Array.from(label),
    source: { name: "oracle", license: "", sha256: "" },
  };
}

function preferences({ inputs }: FamilyCase): number[] {
  return arrayOf(inputs["preferences"]).data.map((right) => (right === 1 ? 1 : -1));
}

/** Our score, loss and gradients at utilities: [B, c] of left, then of right. */
export function compute(
  model: Model,
  engine: Parameters<Compare>[1],
  given: {
    readonly left: ArrayLike<number>;
    readonly right: ArrayLike<number>;
    readonly label: readonly number[];
  },
) {
  const { left, right, label } = given;
  const table = Float32Array.of(...Array.from(left), ...Array.from(right));
  const found = engine.lossAndGradients(model, new Map([[TABLE, table]]), comparisons(label.length, label));
  const gradient = Array.from(found.gradients.get(TABLE) ?? []);
  const logs = Array.from(found.scores, (score, b) => -Math.log1p(Math.exp(-score * label[b])));
  return { loss: found.loss, logs, left: gradient.slice(0, left.length), right: gradient.slice(left.length) };
}

/** Their network in float64 with our comparison behind it: our gradients carried back through the network are theirs. */
function toy(modelOf: (given: FamilyCase) => Model, isPair = false): Compare {
  return (given, engine): Compared => {
    const [x, y] = [arrayOf(given.inputs["state0"]), arrayOf(given.inputs["state1"])];
    const label = preferences(given);
    const pairs = label.length;
    const runs = isPair
      ? [through(given.parameters, beside(x, y))]
      : [x, y].map((side) => through(given.parameters, rows(side)));
    const outputs = runs.map(({ output }) => output.flat());
    const [left, right] = isPair ? [new Array<number>(pairs).fill(0), outputs[0]] : outputs;
    const got = compute(modelOf(given), engine, { left, right, label });
    const seeds = isPair ? [got.right] : [got.left, got.right];
    const total = new Map<string, number[]>();
    runs.forEach((run, i) => {
      for (const [name, values] of backThrough(given.parameters, run, seeds[i]))
        total.set(
          name,
          values.map((value, j) => value + (total.get(name)?.[j] ?? 0)),
        );
    });
    return new Map([
      ["total", { got: [got.loss], want: [numberOf(given.loss_terms["total"])] }],
      ["log probability", { got: got.logs, want: arrayOf(given.outputs["log_probability_train"]).data }],
      ...Object.entries(given.gradients).map(
        ([name, { data }]) => [`gradient of ${name}`, { got: total.get(name) ?? [], want: data }] as const,
      ),
    ]);
  };
}

export function rows({ shape: [, columns], data }: Stored): number[][] {
  return Array.from({ length: data.length / columns }, (_, i) => data.slice(i * columns, (i + 1) * columns));
}

function beside(x: Stored, y: Stored): number[][] {
  const right = rows(y);
  return rows(x).map((row, b) => [...row, ...right[b]]);
}

/** The comparison alone, at outputs of a language model; their penalty is not of the family, and is added here. */
function head(
  modelOf: (given: FamilyCase) => Model,
  penalty: (
    given: FamilyCase,
    sides: readonly number[][],
  ) => { readonly value: number; readonly slopes: readonly number[][] },
): Compare {
  return (given, engine): Compared => {
    // chosen first: right is preferred
    const sides = ["outputs_rejected", "outputs_chosen"].map((name) => [
      ...arrayOf(given.parameters[name]).data,
    ]);
    const label = new Array<number>(Number(given.config["batch"])).fill(1);
    const got = compute(modelOf(given), engine, { left: sides[0], right: sides[1], label });
    const more = penalty(given, sides);
    const plus = (own: number[], i: number): number[] => own.map((value, j) => value + more.slopes[i][j]);
    return new Map([
      ["log loss", { got: [got.loss], want: [numberOf(given.loss_terms["log_loss"])] }],
      ["total", { got: [got.loss + more.value], want: [numberOf(given.loss_terms["total"])] }],
      [
        "loss of each",
        { got: got.logs.map((x) => -x), want: arrayOf(given.outputs["per_sample_loss"]).data },
      ],
      ["gradient, rejected", { got: plus(got.left, 0), want: given.gradients["outputs_rejected"].data }],
      ["gradient, chosen", { got: plus(got.right, 1), want: given.gradients["outputs_chosen"].data }],
    ]);
  };
}

/** weight · the mean of s_chosen² + s_rejected², s = ln(1 + e^raw). */
function variancePenalty({ config }: FamilyCase, sides: readonly number[][]) {
  const weight = Number(config["variance_penalty"]) / Number(config["batch"]);
  const s = (x: number): number => Math.log1p(Math.exp(x));
  const raw = sides.flatMap((side) => side.filter((_, j) => j % 2 === 1));
  return {
    value: weight * raw.reduce((sum, x) => sum + s(x) ** 2, 0),
    slopes: sides.map((side) =>
      side.map((x, j) => (j % 2 === 0 ? 0 : (weight * 2 * s(x)) / (1 + Math.exp(-x)))),
    ),
  };
}

/** coefficient · sum of m ln m, m the mean distribution of all outputs of the batch. */
function entropyPenalty({ config }: FamilyCase, sides: readonly number[][]) {
  const [weight, atoms] = [Number(config["entropy_coefficient"]), Number(config["atoms"])];
  const all = sides.map((side) => rows({ shape: [side.length / atoms, atoms], data: side }).map(softmax));
  const count = 2 * Number(config["batch"]);
  const mean = Array.from({ length: atoms }, (_, j) => all.flat().reduce((sum, p) => sum + p[j] / count, 0));
  const slope = mean.map((m) => (weight * (Math.log(m) + 1)) / count);
  return {
    value: weight * mean.reduce((sum, m) => sum + m * Math.log(m), 0),
    slopes: all.map((side) =>
      side.flatMap((p) => {
        const inner = p.reduce((sum, value, j) => sum + value * slope[j], 0);
        return p.map((value, j) => value * (slope[j] - inner));
      }),
    ),
  };
}

function softmax(x: readonly number[]): number[] {
  const e = x.map(Math.exp);
  const total = e.reduce((a, b) => a + b);
  return e.map((value) => value / total);
}

const reward = (): Model => new BradleyTerry({ latentDimension: 1 });
const gaussian = ({ config }: FamilyCase): Model => {
  const cap = config["max_std"];
  return new Dpl(typeof cap === "number" ? { largestDeviation: cap } : {});
};
const categorical = ({ config }: FamilyCase): Model =>
  new Dpl({ variant: "categorical", atoms: Number(config["atoms"]) });

export const DPL = {
  "dpl-btl": toy(reward),
  "dpl-meanvar": toy(gaussian),
  "dpl-categorical": toy(categorical),
  "dpl-classifier": toy(reward, true),
  "dpl-llm-meanvar": head(() => new Dpl({ spread: "softplus" }), variancePenalty),
  "dpl-llm-categorical": head(categorical, entropyPenalty),
};

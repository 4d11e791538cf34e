import type { PreferenceData } from "../../src/data/index.js";
import type { Engine } from "../../src/engine/index.js";
import { BradleyTerry, Dpl } from "../../src/families/index.js";
import type { ScoreInputs } from "../../src/families/family.js";
import { compute, rows } from "./dpl.js";
import {
  arrayOf,
  numberOf,
  type Compare,
  type Compared,
  type FamilyCase,
  type Stored,
} from "./family-case.js";
import { probe } from "./probe.js";
import { backThrough, through, type Run } from "./toy-network.js";

type Numbers = readonly number[];

/** Of the leaky ReLU of their networks. */
const SLOPE = 0.2;

/** All pairs of all sets, one behind the other, as comparisons of one user; y = 1: the first is preferred, which is our left. */
function comparisons({ inputs }: FamilyCase): PreferenceData {
  const y = arrayOf(inputs["y"]).data;
  const left = Int32Array.from(y.keys());
  return {
    users: ["u"],
    items: {
      ids: Array.from({ length: 2 * y.length }, (_, i) => `s${i}`),
      features: Float32Array.of(...arrayOf(inputs["s1"]).data, ...arrayOf(inputs["s2"]).data),
    },
    user: new Int32Array(y.length),
    left,
    right: left.map((row) => row + y.length),
    label: Int8Array.from(y, (value) => (value === 1 ? -1 : 1)),
    source: { name: "oracle", license: "MIT", sha256: "" },
  };
}

/** Layer i of theirs is ours by this name. */
const ours = (i: number, part: string): string => `item_learner.projector.mlp.layers.${i}.${part}`;

const bradleyTerry: Compare = (given, engine): Compared => {
  const { config, parameters, outputs, loss_terms: terms } = given;
  const names = [0, 1, 2].flatMap((layer) =>
    ["weight", "bias"].map((part) => [ours(3 * layer, part), `reward_model.${2 * layer}.${part}`] as const),
  );
  const model = new BradleyTerry({
    architecture: "mlp2-leaky-relu-dropout0",
    latentDimension: Number(config["hidden"]),
  });
  const values = new Map(names.map(([our, their]) => [our, Float32Array.from(parameters[their].data)]));
  const data = comparisons(given);
  const found = engine.lossAndGradients(model, values, data);
  // sums where ours are means
  const count = data.user.length;
  const [first, second] = [1, 2].map((i) => arrayOf(outputs[`output_${i}`]).data);
  return new Map<string, { got: ArrayLike<number>; want: Numbers }>([
    ["total", { got: [found.loss * count], want: [numberOf(terms["total"])] }],
    ["scores", { got: found.scores, want: second.map((value, row) => value - first[row]) }],
    ...names.map(([our, their]) => {
      const got = Array.from(found.gradients.get(our) ?? [], (value) => value * count);
      return [`gradient of ${their}`, { got, want: given.gradients[their].data }] as const;
    }),
  ]);
};

/** Their network of both sides in float64, and how it is carried back: outputs of chosen and rejected items, [batch · set, c]. */
function network({ inputs, parameters }: FamilyCase) {
  const y = arrayOf(inputs["y"]).data;
  const width = arrayOf(inputs["s1"]).shape.at(-1) ?? 0;
  const flat = (name: string): Stored => ({ shape: [y.length, width], data: arrayOf(inputs[name]).data });
  const runs = ["s1", "s2"].map((name) => through(parameters, rows(flat(name)), SLOPE));
  const pick = (isFirst: (row: number) => boolean): Numbers[] =>
    y.map((_, row) => runs[isFirst(row) ? 0 : 1].output[row]);
  const isFirst = (row: number): boolean => y[row] === 1;
  return {
    chosen: pick(isFirst),
    rejected: pick((row) => !isFirst(row)),
    /** From gradients of those outputs the gradients of all parameters. */
    back(chosen: readonly Numbers[], rejected: readonly Numbers[]): Map<string, number[]> {
      const seeds = [0, 1].map((side) =>
        y.flatMap((_, row) => (isFirst(row) === (side === 0) ? chosen : rejected)[row]),
      );
      return added(parameters, runs, seeds);
    },
  };
}

function added(parameters: FamilyCase["parameters"], runs: readonly Run[], seeds: readonly Numbers[]) {
  const [one, other] = runs.map((run, side) => backThrough(parameters, run, seeds[side]));
  return new Map(
    [...one].map(([name, values]) => [name, values.map((value, j) => value + (other.get(name)?.[j] ?? NaN))]),
  );
}

/**
 * As released: of each set both outputs of pair 0 are taken for means, and both of pair 1 for log variances; later pairs do nothing. What is compared is
 * right: it is ours, given those numbers. Their deviation e^(x / 2) is our e^(x' - 2) at x' = x / 2 + 2.
 */
const meanVariance: Compare = (given, engine): Compared => {
  const [batch, set] = [Number(given.config["batch"]), Number(given.config["set"])];
  const { chosen, rejected, back } = network(given);
  const misread = (outputs: readonly Numbers[]): number[] =>
    Array.from({ length: batch }, (_, b) =>
      [0, 1].flatMap((k) => [outputs[b * set][k], outputs[b * set + 1][k] / 2 + 2]),
    ).flat();
  const label = new Array<number>(2 * batch).fill(1);
  const got = compute(new Dpl(), engine, { left: misread(rejected), right: misread(chosen), label });
  const readBack = (gradient: Numbers): number[][] =>
    chosen.map((_, row) => {
      const [b, s] = [Math.floor(row / set), row % set];
      return [0, 1].map((k) => (s > 1 ? 0 : gradient[4 * b + 2 * k + s] / (s === 1 ? 2 : 1)));
    });
  const weight = Number(given.config["variance_penalty"]) / (2 * batch);
  const more = [chosen, rejected].map((side) => penalty(side, { set, weight }));
  const [slopes, others] = [got.right, got.left].map((gradient, side) =>
    readBack(gradient).map((row, n) => row.map((value, k) => value + more[side].slopes[n][k])),
  );
  return compared(given, got.loss + more[0].value + more[1].value, back(slopes, others));
};

/** weight · the sum of ln(1 + e^x)² over what is taken for log variances. */
function penalty(
  side: readonly Numbers[],
  { set, weight }: { readonly set: number; readonly weight: number },
): { readonly value: number; readonly slopes: number[][] } {
  const spread = (x: number): number => Math.log1p(Math.exp(x));
  const isRead = (row: number): boolean => row % set === 1;
  return {
    value:
      weight * side.flatMap((x, row) => (isRead(row) ? x : [])).reduce((sum, x) => sum + spread(x) ** 2, 0),
    slopes: side.map((x, row) =>
      x.map((v) => (isRead(row) ? (2 * weight * spread(v)) / (1 + Math.exp(-v)) : 0)),
    ),
  };
}

/**
 * As released: the softmax runs over the pairs of a set instead of over atoms, and so do the sums: for each set b and atom a,
 * q = sum over pairs s and atoms i of rejected[b, s, i] M(i, a) chosen[b, s, a]; the loss is the mean of -ln q. Their entropy of the mean
 * distribution is that of a constant, since each atom's softmax adds up to 1 over pairs.
 */
const categorical: Compare = (given, engine): Compared => {
  const config = given.config as { readonly [name: string]: number };
  const { batch, set, atoms, entropy_coefficient: weight } = config;
  const { chosen, rejected, back } = network(given);
  const { total, gradients } = misordered(engine, { batch, set, atoms }, { chosen, rejected });
  const readBack = (name: string): number[][] => {
    const gradient = gradients.get(name) ?? [];
    return chosen.map((_, row) =>
      gradient.slice(row * atoms, (row + 1) * atoms).map((value) => value / (batch * atoms)),
    );
  };
  const entropy = (atoms * Math.log(1 / set)) / set;
  const loss = total / (batch * atoms);
  return new Map([
    ["reconstruction", { got: [loss], want: [numberOf(given.loss_terms["reconstruction_loss"])] }],
    ["entropy", { got: [entropy], want: [numberOf(given.loss_terms["entropy_loss"])] }],
    ...compared(given, loss + weight * entropy, back(readBack("chosen"), readBack("rejected"))),
  ]);
};

/** Sum over sets and atoms of -ln q, and its gradients by outputs [batch, set · atoms]. */
function misordered(
  engine: Engine,
  { batch, set, atoms }: { readonly batch: number; readonly set: number; readonly atoms: number },
  outputs: { readonly chosen: readonly Numbers[]; readonly rejected: readonly Numbers[] },
) {
  const width = set * atoms;
  const tables = new Map(
    Object.entries(outputs).map(([name, side]) => [name, { shape: [batch, width], data: side.flat() }]),
  );
  const [atomOf, pairOf] = [(n: number) => n % atoms, (n: number) => Math.floor(n / atoms)];
  const made = (rows: number, columns: number, of: (i: number, j: number) => number) => {
    const values = Float32Array.from({ length: rows * columns }, (_, n) =>
      of(Math.floor(n / columns), n % columns),
    );
    return [rows, columns, values] as const;
  };
  const perAtom = made(width, atoms, (n, a) => (atomOf(n) === a ? 1 : 0));
  const perPair = made(atoms, width, (a, n) => (atomOf(n) === a ? 1 : 0));
  // of a pair's rejected atoms those below, and half of the same
  const below = made(width, width, (from, to) => {
    if (pairOf(from) !== pairOf(to)) return 0;
    return from < to ? 1 : from === to ? 0.5 : 0;
  });
  return probe(engine, batch, tables, <T, I>({ ops, p, pairs }: ScoreInputs<T, I>) => {
    const curve = (x: T, activation: "exp" | "log") => ops.hidden(x, { activation, dropout: 0 });
    const [won, lost] = ["chosen", "rejected"].map((name) => {
      const e = curve(ops.rows(p.get(name), pairs.own), "exp");
      const logs = curve(ops.matmul(e, ops.constant(...perAtom)), "log");
      return ops.multiply(e, ops.matmul(curve(ops.scale(logs, -1), "exp"), ops.constant(...perPair)));
    });
    const above = ops.multiply(ops.matmul(lost, ops.constant(...below)), won);
    const q = curve(ops.matmul(above, ops.constant(...perAtom)), "log");
    return ops.matmul(q, ops.constant(...made(atoms, 1, () => -1)));
  });
}

function compared(given: FamilyCase, total: number, known: ReadonlyMap<string, Numbers>): Compared {
  return new Map([
    ["total", { got: [total], want: [numberOf(given.loss_terms["total"])] }],
    ...Object.entries(given.gradients).map(
      ([name, { data }]) => [`gradient of ${name}`, { got: known.get(name) ?? [], want: data }] as const,
    ),
  ]);
}

export const VPL_BASELINES = {
  "vpl-baseline-btl": bradleyTerry,
  "vpl-baseline-meanvar": meanVariance,
  "vpl-baseline-categorical": categorical,
};

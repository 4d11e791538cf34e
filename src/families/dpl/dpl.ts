import { exp, InputError, log } from "../../core/index.js";
import { featureDimension, type FeatureTable } from "../../data/index.js";
import { SPREADS } from "../../graph/index.js";
import { LOSS_OPTIONS, modelClass, type Family, type ScoreInputs } from "../family.js";
import type { LatentTools, UtilityDistributions } from "../latent.js";
import { countOr, oneOf, real, type OptionsOf, type Resolved } from "../options.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import {
  architecture,
  encode,
  encodingParameters,
  NAMES,
  project,
  projectorOf,
  type Encoding,
} from "../parts/index.js";
import { none } from "../users/index.js";

const options = {
  variant: oneOf(
    ["mean-variance", "categorical"],
    "mean-variance",
    "an item's utility is a Gaussian, or has a probability for each of ordered atoms",
  ),
  atoms: countOr(10, "atoms of the categorical variant, evenly spaced on [0, 1]"),
  spread: oneOf(SPREADS, "exp", "the Gaussian's deviation of a free number x: e^(x - 2), or ln(1 + e^x)"),
  largestDeviation: real("largest standard deviation of a Gaussian", 1e6, { above: 0 }),
  architecture: {
    ...architecture("the map from features to utilities, as the authors of PAL write a map"),
    usual: "mlp2-relu-dropout0",
  },
  width: countOr(32, "width of hidden layers"),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link Dpl}. */
export type DplOptions = OptionsOf<typeof options>;
type Settings = Resolved<typeof options>;

function itemMap(given: Settings): Encoding {
  return { prefix: NAMES.items, table: NAMES.itemTable, projector: projectorOf(given) };
}

const dpl: Family<typeof options> = {
  kind: "dpl",
  name: "Dpl",
  title: "Distributional preference learning",
  about:
    "an item's utility is a distribution, the same for all: its spread shows where something hidden decides; it knows no users",
  source: "Siththaranjan, Laidlaw and Hadfield-Menell 2024 (DPL), arXiv 2312.08358",
  guide: {
    assumes: "everybody wants the same, and how much people differ on an item is an item's own spread",
    needs: "comparisons; users play no part",
    cost: "low",
  },
  options,
  tried: () => [{}, { variant: "categorical" }],
  user: () => none,
  parameters,
  score,
  utilities,
};

/**
 * Distributional preference learning: the utility of an item is random, P(right) = P(utility of right > utility of left). `mean-variance`: Gaussian
 * of mean m and deviation s, P = 1 / (1 + e^(-sqrt(2 pi) z)), z = (m_right - m_left) / sqrt(s_left² + s_right²), the authors' stand-in for the normal
 * distribution function (the same slope at 0). `categorical`: a softmax over atoms, ties half. Scores are the log odds of P. Items with a context
 * are seen with the context's features behind their own. The authors' penalties on variance and on entropy are not trained.
 * @source arXiv 2312.08358
 * @throws InputError (unknown option or variant)
 */
export class Dpl extends modelClass(dpl) {}

function parameters(given: Settings, { items, contexts }: DataSizes): ParameterSpec[] {
  if (given.variant === "categorical" && given.atoms < 2)
    throw new InputError(`Dpl: atoms must be at least 2, got ${given.atoms}: one atom orders nothing`);
  const features = items.features === 0 ? 0 : items.features + (contexts?.features ?? 0);
  const output = given.variant === "categorical" ? given.atoms : 2;
  return encodingParameters(itemMap(given), { rows: items.rows, features, output, width: given.width });
}

function score<T, I>({ ops, p, pairs }: ScoreInputs<T, I>, given: Settings): T {
  const isAlone = pairs.contexts === undefined || pairs.items.features === undefined;
  const items = isAlone ? pairs.items : pairs.itemsInContext;
  const utilities = encode(ops, p, itemMap(given), items);
  if (given.variant === "mean-variance")
    return ops.gaussianScore(utilities, items, { spread: given.spread, largest: given.largestDeviation });
  return ops.orderScore(ops.softmaxRows(utilities, items.left), ops.softmaxRows(utilities, items.right));
}

function utilities(given: Settings, tools: LatentTools, items: FeatureTable): UtilityDistributions {
  const map = itemMap(given);
  const raw =
    items.features === undefined
      ? tools.learned("items", map.table, items)
      : tools.apply((ops, p, x) => project(ops, p, map, x), items.features, featureDimension(items));
  const columns = raw.length / items.ids.length;
  const of = given.variant === "mean-variance" ? gaussianUtility(given) : categoricalUtility;
  const found = items.ids.map((_, i) => of(raw.subarray(i * columns, (i + 1) * columns)));
  return {
    mean: Float64Array.from(found, ({ mean }) => mean),
    variance: Float64Array.from(found, ({ variance }) => variance),
  };
}

interface Utility {
  readonly mean: number;
  readonly variance: number;
}

function gaussianUtility({ spread, largestDeviation }: Settings): (row: Float32Array) => Utility {
  // ln(1 + e^x), also of large x
  const soft = (x: number): number => Math.max(x, 0) + log(1 + exp(-Math.abs(x)));
  return ([mean, x]) => {
    const deviation = Math.min(largestDeviation, spread === "exp" ? exp(x - 2) : soft(x));
    return { mean, variance: deviation ** 2 };
  };
}

/** Atoms are evenly spaced on [0, 1]. */
function categoricalUtility(row: Float32Array): Utility {
  const top = row.reduce((a, b) => Math.max(a, b));
  const mass = Array.from(row, (x) => exp(x - top));
  const total = mass.reduce((a, b) => a + b);
  const moment = (power: number): number =>
    mass.reduce((sum, p, j) => sum + (p / total) * (j / (mass.length - 1)) ** power, 0);
  return { mean: moment(1), variance: moment(2) - moment(1) ** 2 };
}

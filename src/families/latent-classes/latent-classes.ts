import { checkInteger, log, randomStream } from "../../core/index.js";
import type { Pairs, PreferenceData } from "../../data/index.js";
import { LOSS_OPTIONS, modelClass, type Family } from "../family.js";
import { count, countOr, type OptionsOf, type Resolved } from "../options.js";
import type { OwnMethod } from "../own-method.js";
import { belief } from "../pal-items/belief.js";
import { valuesOf, type DataSizes, type Parameters, type ParameterSpec } from "../parameters.js";
import { fitClasses } from "../types/classes.js";
import { logSigmoid, normalise, sigmoid } from "../types/logistic.js";
import { momentsOf } from "../types/moments.js";
import { problemOf } from "../types/problem.js";
import { dot } from "../types/rows.js";
import { columnsOf, designRows, type Scaling } from "./design.js";

const options = {
  k: count("types K", { noun: "types", start: 2 }),
  starts: countOr(4, "starts, of which the likeliest result is taken"),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link LatentClasses}. */
export type LatentClassesOptions = OptionsOf<typeof options>;
type Settings = Resolved<typeof options>;

const NAMES = { means: "means", shares: "shares", belief: "belief", centre: "centre", scale: "scale" };
/** Keeps log odds finite. */
const LEAST_PROBABILITY = 1e-12;

const latentClasses: Family<typeof options> = {
  kind: "latent-classes",
  name: "LatentClasses",
  title: "latent classes",
  about:
    "every user is of one of K types, and a type's log odds are linear in ids, in features of items, of contexts, or of both: the simplest model of groups",
  source: "latent-class logit by the EM algorithm (Kamakura and Russell 1989)",
  options,
  user: ({ k }) => belief(corners(k), k, NAMES.belief),
  parameters,
  own: ownMethod,
};

/**
 * Latent classes: users are of K types, with P(type | answers) as their state. Utilities are linear in one-hot ids (of items, or of statements where
 * users vote), in items' features, or in items' features (or "agree") times [1, the context's features].
 * @source Kamakura and Russell 1989
 * @throws InputError (K < 1, unknown option)
 */
export class LatentClasses extends modelClass(latentClasses) {}

function corners(k: number): Float64Array {
  return Float64Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
}

function parameters({ k }: Settings, sizes: DataSizes): ParameterSpec[] {
  const none = { kind: "constant", value: 0 } as const;
  const features = sizes.items.features + (sizes.contexts?.features ?? 0);
  return [
    { name: NAMES.means, shape: [k, columnsOf(sizes)], group: "tables", init: none },
    { name: NAMES.shares, shape: [k], group: "weights", init: none },
    { name: NAMES.centre, shape: [features], group: "scaling", init: none },
    { name: NAMES.scale, shape: [features], group: "scaling", init: none },
    { name: NAMES.belief, shape: [sizes.users, k], group: "weights", init: none, per: "user" },
  ];
}

function ownMethod({ k, starts }: Settings): OwnMethod {
  return {
    fit(data: PreferenceData, _: DataSizes, seed: number): Parameters {
      checkInteger("fit: seed", seed);
      const scaling = scalingOf(data);
      const mean = designRows(data, scaling);
      const problem = problemOf(
        { mean, own: mean },
        {
          ...{ users: data.users.length, user: data.user, label: data.label },
          ...(data.weight === undefined ? {} : { weight: data.weight }),
        },
      );
      const rng = randomStream(seed).split("latent-classes");
      const { means, shares, belief: users } = fitClasses(problem, { k, rng, starts, iterations: 300 });
      return new Map([
        [NAMES.means, Float32Array.from(means)],
        [NAMES.shares, Float32Array.from(shares)],
        [NAMES.centre, Float32Array.from(scaling.centre)],
        [NAMES.scale, Float32Array.from(scaling.scale)],
        [NAMES.belief, Float32Array.from(users)],
      ]);
    },
    scores(trained: Parameters, pairs: Pairs, { user, states }): Float32Array {
      const odds = oddsOf(trained, pairs);
      return Float32Array.from(user, (who, row) => {
        let [right, left] = [LEAST_PROBABILITY, LEAST_PROBABILITY];
        for (let j = 0; j < k; j++) {
          right += states[who * k + j] * sigmoid(odds[row * k + j]);
          left += states[who * k + j] * sigmoid(-odds[row * k + j]);
        }
        return log(right / left);
      });
    },
    infer(trained: Parameters, data: PreferenceData): Float32Array {
      const odds = oddsOf(trained, data);
      const shares = valuesOf(trained, NAMES.shares, "LatentClasses");
      const logs = Float64Array.from({ length: data.users.length * k }, (_, i) => log(shares[i % k]));
      data.user.forEach((who, row) => {
        const weight = data.weight?.[row] ?? 1;
        for (let j = 0; j < k; j++)
          logs[who * k + j] += weight * logSigmoid(data.label[row] * odds[row * k + j]);
      });
      const states = new Float64Array(logs.length);
      for (let at = 0; at < logs.length; at += k) normalise(logs.subarray(at, at + k), states, at);
      return Float32Array.from(states);
    },
  };

  /** Log odds of "right" under each type, row-major [N, K]. */
  function oddsOf(trained: Parameters, pairs: Pairs): Float64Array {
    const [centre, scale] = [
      valuesOf(trained, NAMES.centre, "LatentClasses"),
      valuesOf(trained, NAMES.scale, "LatentClasses"),
    ];
    const rows = designRows(pairs, { centre, scale });
    const means = valuesOf(trained, NAMES.means, "LatentClasses");
    return Float64Array.from({ length: pairs.left.length * k }, (_, i) =>
      dot(rows, Math.floor(i / k), means, (i % k) * rows.width),
    );
  }
}

/** Mean and standard deviation of each feature over its table's rows, items' first; a constant feature counts as it is. */
function scalingOf(data: PreferenceData): Scaling {
  const parts = [data.items, ...(data.contexts === undefined ? [] : [data.contexts])].flatMap(momentsOf);
  return {
    centre: Float64Array.from(parts, ({ mean }) => mean),
    scale: Float64Array.from(parts, ({ deviation, isConstant }) => (isConstant ? 1 : deviation)),
  };
}

import { checkInteger, InputError, randomStream } from "../../core/index.js";
import type { Pairs, PreferenceData } from "../../data/index.js";
import { LOSS_OPTIONS, modelClass, type Family } from "../family.js";
import { count, countOr, real, type OptionsOf, type Resolved } from "../options.js";
import type { OwnMethod } from "../own-method.js";
import { valuesOf, type DataSizes, type Parameters, type ParameterSpec } from "../parameters.js";
import { answersOf, ask } from "./answers.js";
import { belief } from "./belief.js";
import { fitMarginal } from "./fit-marginal.js";
import { simplexGrid } from "./simplex-grid.js";
import { aboutContexts, logOddsOf, spreadOut } from "./subjects.js";

const options = {
  k: count("prototypes K", { noun: "prototypes", start: 2 }),
  spread: real("standard deviation of a prototype's own log odds around an item's popularity", 1.5, {
    above: 0,
  }),
  starts: countOr(2, "starts, of which the likeliest result is taken"),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link PalItems}. */
export type PalItemsOptions = OptionsOf<typeof options>;
type Settings = Resolved<typeof options>;

const NAMES = { theta: "theta", prior: "prior", posterior: "posterior" };
/** Keeps log odds finite. */
const LEAST_PROBABILITY = 1e-12;

const palItems: Family<typeof options> = {
  kind: "pal-items",
  name: "PalItems",
  title: "PAL with learned items",
  about:
    "PAL from ids alone: items or statements are learned, users' weights integrated out; users with few answers stay near the others",
  source: "PAL's mixture of prototypes, by the EM algorithm of Bock and Aitkin 1981",
  options,
  user: ({ k }) => belief(simplexGrid(k), k, NAMES.posterior),
  parameters,
  own: ownMethod,
};

/**
 * PAL learned from ids alone: votes on statements, or pairs of items. A prototype is a column of log odds, a user a belief over the simplex of
 * prototypes, and a probability is the mean over that belief. Items and statements have no features.
 * @source PAL; Bock and Aitkin 1981
 * @throws InputError (K < 1, unknown option)
 */
export class PalItems extends modelClass(palItems) {}

function parameters({ k }: Settings, sizes: DataSizes): ParameterSpec[] {
  const { items, contexts, users } = sizes;
  const subjects = aboutContexts(sizes) ? (contexts ?? items) : items;
  if (subjects.features > 0) {
    const table = aboutContexts(sizes) ? "contexts" : "items";
    throw new InputError(
      `PalItems: learns ${table} from their ids alone, and these have ${subjects.features} features; use PalA, or leave them out`,
    );
  }
  const size = simplexGrid(k).length / k;
  const none = { kind: "constant", value: 0 } as const;
  return [
    { name: NAMES.theta, shape: [subjects.rows, k], group: "tables", init: none },
    { name: NAMES.prior, shape: [size], group: "weights", init: none },
    { name: NAMES.posterior, shape: [users, size], group: "weights", init: none, per: "user" },
  ];
}

function ownMethod({ k, spread, starts }: Settings): OwnMethod {
  const grid = simplexGrid(k);
  const size = grid.length / k;
  return {
    fit(data: PreferenceData, sizes: DataSizes, seed: number): Parameters {
      checkInteger("fit: seed", seed);
      const rng = randomStream(seed).split("learned-items");
      const found = fitMarginal(answersOf(data), { k, spread, starts: k <= 2 ? 1 : starts, rng });
      const subjects = (aboutContexts(sizes) ? sizes.contexts : sizes.items)?.rows ?? 0;
      return new Map([
        [NAMES.theta, spreadOut(found.theta, k, { data, asked: ask(data), subjects })],
        [NAMES.prior, Float32Array.from(found.prior)],
        [NAMES.posterior, Float32Array.from(found.posterior)],
      ]);
    },
    scores(trained: Parameters, pairs: Pairs, { user, states }): Float32Array {
      const odds = logOddsOf(pairs, valuesOf(trained, NAMES.theta, "PalItems"), k);
      return Float32Array.from(user, (who, row) => {
        let [right, left] = [LEAST_PROBABILITY, LEAST_PROBABILITY];
        for (let g = 0; g < size; g++) {
          const mass = states[who * size + g];
          const s = oddsAt(odds, row, g);
          right += mass / (1 + Math.exp(-s));
          left += mass / (1 + Math.exp(s));
        }
        return Math.log(right / left);
      });
    },
    infer(trained: Parameters, data: PreferenceData): Float32Array {
      const odds = logOddsOf(data, valuesOf(trained, NAMES.theta, "PalItems"), k);
      const logPrior = valuesOf(trained, NAMES.prior, "PalItems").map(Math.log);
      const logs = Float64Array.from({ length: data.users.length * size }, (_, i) => logPrior[i % size]);
      data.user.forEach((who, row) => {
        const weight = data.weight?.[row] ?? 1;
        for (let g = 0; g < size; g++) {
          const agreement = data.label[row] * oddsAt(odds, row, g);
          const tail = Math.log1p(Math.exp(-Math.abs(agreement)));
          logs[who * size + g] += weight * (Math.min(agreement, 0) - tail);
        }
      });
      return normalised(logs, size);
    },
  };

  /** Log odds of "right" at a point of the grid. */
  function oddsAt(odds: Float64Array, row: number, g: number): number {
    let s = 0;
    for (let j = 0; j < k; j++) s += grid[g * k + j] * odds[row * k + j];
    return s;
  }
}

/** Rows of logs as probabilities that add up to 1. */
function normalised(logs: Float64Array, size: number): Float32Array {
  const result = new Float32Array(logs.length);
  for (let row = 0; row < logs.length; row += size) {
    const own = logs.subarray(row, row + size);
    const top = own.reduce((a, b) => Math.max(a, b));
    const total = own.reduce((sum, value) => sum + Math.exp(value - top), 0);
    own.forEach((value, g) => (result[row + g] = Math.exp(value - top) / total));
  }
  return result;
}

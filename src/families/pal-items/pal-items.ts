import { checkInteger, InputError, randomStream } from "../../core/index.js";
import type { Pairs, PreferenceData } from "../../data/index.js";
import { LOSS_OPTIONS, modelClass, type Family } from "../family.js";
import { count, countOr, real, type OptionsOf, type Resolved } from "../options.js";
import type { OwnMethod } from "../own-method.js";
import { dataSizes } from "../parts/index.js";
import { valuesOf, type DataSizes, type Parameters, type ParameterSpec } from "../parameters.js";
import { aboutContexts } from "../design/about-contexts.js";
import { answersOf, ask } from "../design/answers.js";
import { belief } from "../users/belief.js";
import { fitMarginal } from "./fit-marginal.js";
import { placesOf, simplexGrid } from "./simplex-grid.js";
import { logOddsOf, spreadOut } from "./subjects.js";

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
    "PAL from ids alone: items or statements are learned, users' weights (and, of votes, how readily they agree) integrated out; users with few answers stay near the others",
  source: "PAL's mixture of prototypes, by the EM algorithm of Bock and Aitkin 1981",
  guide: {
    assumes: "everybody mixes K prototypes' opinions of each item",
    needs: "many answers about the same items or statements; features are not read",
    cost: "middle",
  },
  options,
  tried: () => [2, 3, 4].map((k) => ({ k })),
  user: ({ k }) => belief(simplexGrid(k), k, NAMES.posterior, copiesIn),
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
  const size = placesIn(k, sizes).lift.length;
  const none = { kind: "constant", value: 0 } as const;
  return [
    { name: NAMES.theta, shape: [subjects.rows, k], group: "tables", init: none },
    { name: NAMES.prior, shape: [size], group: "weights", init: none },
    { name: NAMES.posterior, shape: [users, size], group: "weights", init: none, per: "user" },
  ];
}

/** How often each point of the grid is there. */
function copiesIn(sizes: DataSizes): number {
  return placesIn(1, sizes).lift.length;
}

/** Where users of such data can be: where they vote they differ in how readily they agree too. */
function placesIn(k: number, sizes: DataSizes): ReturnType<typeof placesOf> {
  return placesOf(k, aboutContexts(sizes));
}

function ownMethod({ k, spread, starts }: Settings): OwnMethod {
  return {
    fit(data: PreferenceData, sizes: DataSizes, seed: number): Parameters {
      checkInteger("fit: seed", seed);
      const rng = randomStream(seed).split("learned-items");
      const found = fitMarginal(answersOf(data), {
        k,
        spread,
        starts: k <= 2 ? 1 : starts,
        rng,
        readiness: true,
      });
      const subjects = (aboutContexts(sizes) ? sizes.contexts : sizes.items)?.rows ?? 0;
      return new Map([
        [NAMES.theta, spreadOut(found.theta, k, { data, asked: ask(data), subjects })],
        [NAMES.prior, Float32Array.from(found.prior)],
        [NAMES.posterior, Float32Array.from(found.posterior)],
      ]);
    },
    scores(trained: Parameters, pairs: Pairs, { user, states }): Float32Array {
      const at = oddsOf(trained, pairs);
      const size = at.size;
      return Float32Array.from(user, (who, row) => {
        let [right, left] = [LEAST_PROBABILITY, LEAST_PROBABILITY];
        for (let g = 0; g < size; g++) {
          const mass = states[who * size + g];
          const s = at.odds(row, g);
          right += mass / (1 + Math.exp(-s));
          left += mass / (1 + Math.exp(s));
        }
        return Math.log(right / left);
      });
    },
    infer(trained: Parameters, data: PreferenceData): Float32Array {
      const at = oddsOf(trained, data);
      const { size } = at;
      const logPrior = valuesOf(trained, NAMES.prior, "PalItems").map(Math.log);
      const logs = Float64Array.from({ length: data.users.length * size }, (_, i) => logPrior[i % size]);
      data.user.forEach((who, row) => {
        const weight = data.weight?.[row] ?? 1;
        for (let g = 0; g < size; g++) {
          const agreement = data.label[row] * at.odds(row, g);
          const tail = Math.log1p(Math.exp(-Math.abs(agreement)));
          logs[who * size + g] += weight * (Math.min(agreement, 0) - tail);
        }
      });
      return normalised(logs, size);
    },
  };

  /** Log odds of "right" at each of the places where users can be. */
  function oddsOf(
    trained: Parameters,
    pairs: Pairs,
  ): { readonly size: number; odds(row: number, g: number): number } {
    const { grid, lift } = placesIn(k, dataSizes(pairs, 0));
    const odds = logOddsOf(pairs, valuesOf(trained, NAMES.theta, "PalItems"), k);
    return {
      size: lift.length,
      odds(row, g) {
        // "agree" is the second of the two items
        let s = lift[g] * (pairs.right[row] - pairs.left[row]);
        for (let j = 0; j < k; j++) s += grid[g * k + j] * odds[row * k + j];
        return s;
      },
    };
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

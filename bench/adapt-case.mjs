// 1000 new users with 20 comparisons each are placed in a frozen model: the convex problem on the simplex, from features to weights.
import { data as sets, fit, loadEngine, PalA, simulateIdealPoints } from "../dist/index.js";

const [USERS, COMPARISONS, KNOWN_USERS] = [1000, 20, 150];
const [D, K] = [16, 3];
/** Newton steps that a user takes, about, and operations of a logistic function. */
const [NEWTON_STEPS, LOGISTIC] = [6, 20];
const POPULATION = { dimension: D, prototypes: K, setting: "mixture", noise: { slope: 0.3 }, seed: 1 };

export const ADAPT_CASE = {
  id: "adapt-1000x20",
  kind: "adapt",
  unit: "placing all users",
  model: new PalA({ k: K, latentDimension: D, loss: "logistic" }),
  /** Of the Dirichlet prior. */
  concentration: 1.5,
  /** Nats that the next Newton step must promise for a user to go on. */
  tolerance: 1e-6,
  data: () => {
    const everybody = simulateIdealPoints({
      ...POPULATION,
      users: KNOWN_USERS + USERS,
      comparisonsPerUser: COMPARISONS,
    });
    return sets.keepUsers(
      everybody,
      Int32Array.from({ length: USERS }, (_, i) => KNOWN_USERS + i),
    );
  },
  /** The frozen model, trained on other users of the same population. */
  start: async () => {
    const data = simulateIdealPoints({ ...POPULATION, users: KNOWN_USERS, comparisonsPerUser: 50 });
    const { parameters } = await fit(ADAPT_CASE.model, data, {
      engine: await loadEngine(),
      seed: 1,
      epochs: 30,
    });
    return parameters;
  },
  operations: operations(),
  product: { m: 2 * COMPARISONS * USERS, n: D, k: D },
};

function operations() {
  const comparisons = USERS * COMPARISONS;
  const items = 2 * comparisons * 2 * D * D;
  const prototypeScores = comparisons * (3 * D + 2 * D * K);
  const newton = comparisons * NEWTON_STEPS * (2 * 2 * K + K * (K + 1) + 2 * LOGISTIC);
  return items + prototypeScores + newton;
}

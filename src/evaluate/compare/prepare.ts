import { randomStream } from "../../core/index.js";
import {
  answersByUser,
  featureDimension,
  keepUsers,
  rowsByUser,
  selectRows,
  type FeatureTable,
  type PreferenceData,
} from "../../data/index.js";
import { pca } from "../../project/index.js";

/** How much of the data is compared on. */
export interface Limits {
  /** Users at most; drawn at random from more. */
  readonly users: number;
  /** Answers of a user at most; drawn at random from more. */
  readonly answers: number;
  /** Features of a table at most: of more, so many principal components are taken. */
  readonly features: number;
}

/** Data that families are compared on, and what was done to it. */
export interface Prepared {
  readonly data: PreferenceData;
  /** In words, each a choice that was made. */
  readonly notes: readonly string[];
}

/** Answers that a user must have given: one each for training, validation and test, and one more. */
export const FEWEST_ANSWERS = 4;
/** Items of a user's only ranking, choice or set of ratings: two each for training, validation and test. */
const FEWEST_ITEMS = 6;

/** Users with enough answers, no more of them and of their answers than the limits say, and features of a size that all families can hold. */
export function prepare(data: PreferenceData, limits: Limits, seed: number): Prepared {
  const rng = randomStream(seed).split("compare");
  const notes: string[] = [];
  const rows = rowsByUser(data);
  const drawn = rows.map((own, user) => {
    if (own.length <= limits.answers) return own;
    const stream = rng.split("answers").split(user);
    return Array.from(stream.permutation(own.length).slice(0, limits.answers).sort(), (i) => own[i]);
  });
  const { of, areItems } = answersByUser(selectRows(data, Int32Array.from(drawn.flat())));
  const enough = [...of.keys()].filter((user) => isEnough(data, of[user].length, areItems[user]));
  if (enough.length < rows.length)
    notes.push(
      `${rows.length - enough.length} of ${rows.length} users gave fewer than ${FEWEST_ANSWERS} answers ${asJudged(data)}and are left out`,
    );
  const chosen =
    enough.length <= limits.users
      ? enough
      : Array.from(
          rng.split("users").permutation(enough.length).slice(0, limits.users).sort(),
          (i) => enough[i],
        );
  if (chosen.length < enough.length)
    notes.push(`${chosen.length} of ${enough.length} users, drawn at random, the same for all families`);
  const kept = chosen.flatMap((user) => drawn[user]);
  if (chosen.some((user) => drawn[user].length < rows[user].length))
    notes.push(
      data.judgement === undefined
        ? `at most ${limits.answers} answers of a user, drawn at random`
        : `at most ${limits.answers} comparisons of a user, drawn at random from those that were made of their rankings, choices or ratings`,
    );
  if (data.judgement !== undefined) notes.push("new users give comparisons one by one, ranking by ranking");
  const selected = keepUsers(selectRows(data, Int32Array.from(kept)), Int32Array.from(chosen));
  const items = reduced(selected.items, "items", limits.features, notes);
  const contexts =
    selected.contexts === undefined
      ? {}
      : { contexts: reduced(selected.contexts, "contexts", limits.features, notes) };
  return { data: { ...selected, items, ...contexts, heldOut: undefined, truth: undefined }, notes };
}

/** The items of an only ranking or set of ratings can be parted; all comparisons of a choice are with the chosen one. */
function isEnough({ judged }: PreferenceData, answers: number, areItems: boolean): boolean {
  if (areItems) return judged !== "choices" && answers >= FEWEST_ITEMS;
  return answers >= FEWEST_ANSWERS;
}

function asJudged({ judgement }: PreferenceData): string {
  if (judgement === undefined) return "";
  return `(a ranking, a choice or a set of ratings counts once; of an only ranking or set of ratings, ${FEWEST_ITEMS} items are enough) `;
}

/** Features on their first principal components, where there are more; the largest then has variance 1. */
function reduced(table: FeatureTable, name: string, most: number, notes: string[]): FeatureTable {
  const dimension = featureDimension(table);
  const { features, ids } = table;
  if (features === undefined || dimension <= most) return table;
  const components = Math.min(most, ids.length - 1);
  const { points, variance, explained } = pca({ values: features, dimension }, { components });
  const share = explained.reduce((sum, value) => sum + value, 0);
  const scale = 1 / Math.sqrt(Math.max(variance[0], 1e-12));
  notes.push(
    `the ${dimension} features of ${name} are taken along their first ${components} principal components, which hold ${Math.round(100 * share)} % of their variance`,
  );
  return { ...table, features: points.values.map((value) => scale * value) };
}

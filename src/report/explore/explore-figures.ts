import type { FigureRecord } from "../../core/index.js";
import { heaviestPrototype, type Exploration } from "../../evaluate/index.js";
import * as figures from "../figures/index.js";
import type { Figure } from "../../figures/index.js";
import { pca } from "../../project/index.js";
import { studyRecord, type Written } from "../study-record.js";
import { amount, nounOf, sideWords, subjectWord, titleOf } from "../words/index.js";

const MOST_USERS = 1500;

/** The figures of an exploration, in the order of the page. */
export function exploreFigures(found: Exploration): Figure[] {
  const { choice, maps } = found;
  const grouped = groupsOf(found);
  return [
    ...(found.test.nullStatistics.length === 0 ? [] : [testFigure(found)]),
    ladderFigure(found),
    ...(choice.candidates.length < 2 ? [] : [chosenKFigure(found)]),
    ...(choice.k === 1 ? likedFigure(found) : [usersFigure(found, grouped), ...itemFigures(found)]),
    ...(maps === undefined ? [] : [mapsFigure(found, maps, grouped)]),
    calibrationFigure(found),
  ];
}

function testFigure(found: Exploration): Figure {
  const { test } = found;
  return figures.exploreTest(
    recordOf(found, {
      id: "explore-test",
      claim: "Where these answers stand in the null distribution of the score test",
      caption: `Null distribution: ${test.draws} data sets drawn from one reward for all, which is fitted again to each; ${test.users} users. The statistic is ${test.parts.length === 1 ? "" : `the largest of ${test.parts.length}, `}standardised.`,
      extra: {
        statistic: test.statistic,
        nullStatistics: test.nullStatistics,
        nulls: "answers drawn from one reward for all",
        measure: "score statistic, in standard deviations of the null distribution",
      },
    }),
  );
}

function ladderFigure(found: Exploration): Figure {
  const { methods, best } = found.comparison;
  const winner = methods.find(({ id }) => id === best);
  return figures.exploreLadder(
    recordOf(found, {
      id: "explore-ladder",
      claim: `Chosen in validation: ${winner === undefined ? best : titleOf(winner)}`,
      caption: `${amount(found.heldOutAnswers, found.heldOutJudged, "held-out ")} that took part in no choice, with 95 % bootstrap intervals over users; the dotted line is chance. The intervals hold differences between users, which all methods share: the table has paired gains.`,
      extra: {
        methods: methods.map((method) => ({
          ...{ name: titleOf(method), mean: method.nats.mean, low: method.nats.low, high: method.nats.high },
          isBest: method.id === best,
        })),
      },
    }),
  );
}

function chosenKFigure(found: Exploration): Figure {
  const { choice } = found;
  return figures.explorePrototypes(
    recordOf(found, {
      id: "explore-prototypes",
      claim: `${choice.atEdge ? "At least " : ""}K = ${choice.k} by cross-validation: ${choice.sure}`,
      caption: `Mean log-likelihood an answer by cross-validation, with 95 % bootstrap intervals over ${found.sample.users} users. The intervals hold differences between users, which all K share: the rule looks at paired differences.`,
      extra: {
        candidates: choice.candidates.map(({ k, nats }) => ({
          k,
          mean: nats.mean,
          low: nats.low,
          high: nats.high,
        })),
        chosen: choice.k,
      },
    }),
  );
}

function mapsFigure(
  found: Exploration,
  maps: NonNullable<Exploration["maps"]>,
  { groups, ...grouping }: Grouped,
): Figure {
  return figures.exploreMaps(
    recordOf(found, {
      id: "explore-maps",
      claim: "Users by what they answered: what lies together answered alike",
      caption:
        `Each answer less its question's popularity, 0 where there is none; ${maps.users.length} users. No model has a part in it. PCA keeps large differences: ` +
        `distances mean something, but only those along its two directions. umap (${maps.neighbours} neighbours, minimum distance 0.1, seed ${found.seed}) keeps neighbourhoods: who lies together answered ` +
        "alike, while distances between clusters, their sizes and their number mean little. Users with few answers lie near the middle of PCA, whatever they think.",
      extra: {
        ...{
          pca: maps.pca,
          explained: maps.explained,
          umap: maps.umap,
          trustworthiness: maps.trustworthiness,
        },
        ...{ groups: Array.from(maps.users, (u) => groups[u]), ...grouping },
        weights: Array.from(maps.users, (u) => weightsOf(found, u)),
      },
    }),
  );
}

function calibrationFigure(found: Exploration): Figure {
  const { calibration, comparison } = found;
  const shown = comparison.methods.find(({ id }) => id === comparison.shown);
  return figures.exploreCalibration(
    recordOf(found, {
      id: "explore-calibration",
      claim: `Predicted probabilities and held-out answers: ${shown === undefined ? comparison.shown : titleOf(shown)}`,
      caption: `${amount(found.heldOutAnswers, found.heldOutJudged, "held-out ")} in ${calibration.bins.length} parts of equal size, with 95 % intervals.${shown?.slope === undefined ? "" : ` Logistic slope ${shown.slope.toFixed(2)}; 1 is calibrated.`}`,
      extra: {
        bins: calibration.bins,
        answer: found.kind === "statements" ? sideWords(found) : "the right item is preferred",
      },
    }),
  );
}

function usersFigure(found: Exploration, { groups, grouping, given }: Grouped): Figure {
  const { choice } = found;
  const step = Math.max(1, Math.ceil(found.users.length / MOST_USERS));
  const shown = [...found.users.keys()].filter((u) => u % step === 0);
  const rows = shown.map((u) => weightsOf(found, u));
  return figures.exploreUsers(
    recordOf(found, {
      id: "explore-users",
      claim:
        choice.kind === "continuum"
          ? `Users between ${choice.k} prototypes`
          : `Users and their ${choice.k} types`,
      caption: `${shown.length} of ${found.users.length} users by their posterior mean weights; colour: ${grouping}. Users with few answers stay near the population's mean.`,
      extra: {
        ...{
          weights: rows,
          ...planeOf(rows),
          groups: shown.map((u) => groups[u]),
          grouping,
          given,
        },
        noun: nounOf(choice),
      },
    }),
  );
}

/** A user's weights on the types, [K]. */
function weightsOf({ weights, choice }: Exploration, user: number): number[] {
  return Array.from(weights.subarray(user * choice.k, (user + 1) * choice.k));
}

/** The plane of most variance of weights on more than three prototypes. */
function planeOf(rows: readonly (readonly number[])[]): { plane?: [number, number][]; explained?: number[] } {
  const k = rows[0]?.length ?? 0;
  if (k <= 3 || rows.length < 3) return {};
  const { points, explained } = pca({ dimension: k, values: Float32Array.from(rows.flat()) });
  return {
    plane: rows.map((_, i) => [points.values[2 * i], points.values[2 * i + 1]]),
    explained: [...explained],
  };
}

/** What an item's probabilities are. */
function measureOf(found: Exploration): string {
  if (found.kind === "statements") return `chance to ${sideWords(found)}`;
  return found.kind === "items"
    ? "chance to be preferred to a typical item"
    : "chance that the second of the pair is preferred";
}

/** With one reward for all: what is liked most, and least. */
function likedFigure(found: Exploration): Figure[] {
  const { likes = [], dislikes = [] } = found.description.prototypes.at(0) ?? {};
  const items = [...likes, ...dislikes.filter((each) => !likes.includes(each)).reverse()];
  if (items.length === 0) return [];
  return [
    figures.exploreItems(
      recordOf(found, {
        id: "explore-liked",
        claim: `The ${subjectWord(found)}s that are liked most, and least`,
        caption: `Those with at least ${found.description.leastAnswers} answers; the model of all answers, the same for all users.`,
        extra: { items, measure: measureOf(found), noun: nounOf(found.choice) },
      }),
    ),
  ];
}

function itemFigures(found: Exploration): Figure[] {
  const { description } = found;
  const word = subjectWord(found);
  const noun = nounOf(found.choice);
  const measure = `${measureOf(found)}, for each ${noun}`;
  const draw = (id: string, claim: string, items: Exploration["description"]["divisive"]): Figure =>
    figures.exploreItems(
      recordOf(found, {
        id,
        claim,
        caption: `${capital(word)}s with at least ${description.leastAnswers} answers; the model of all answers, K = ${found.choice.k}.`,
        extra: { items, measure, noun },
      }),
    );
  const joins = description.bridging;
  return [
    draw(
      "explore-divisive",
      `What divides: the ${word}s on which ${noun}s differ most`,
      description.divisive,
    ),
    ...(joins.length === 0
      ? []
      : [draw("explore-bridging", `What joins: the ${word}s on which ${joinWords(joins, noun)}`, joins)]),
  ];
}

/** Whether every item has all types on one side of a half, or these are only the nearest to it. */
function joinWords(items: Exploration["description"]["bridging"], noun: string): string {
  const isJoined = items.every(
    ({ byPrototype }) => byPrototype.every((p) => p > 0.5) || byPrototype.every((p) => p < 0.5),
  );
  return isJoined ? `all ${noun}s are on one side` : `${noun}s come nearest to one side`;
}

/** A group of each user, what the groups are, and whether the data says them. */
interface Grouped {
  readonly groups: readonly string[];
  readonly grouping: string;
  readonly given: boolean;
}

function groupsOf({ groups, weights, choice, users }: Exploration): Grouped {
  const noun = nounOf(choice);
  const given = groups?.map((group) => (group === "" ? "none" : group));
  if (given !== undefined && new Set(given).size > 1 && new Set(given).size <= 8)
    return { groups: given, grouping: "group given in the data", given: true };
  const heaviest = heaviestPrototype(weights, users.length);
  return {
    groups: users.map((_, u) => `${noun} ${heaviest[u] + 1}`),
    ...{ grouping: `heaviest ${noun}`, given: false },
  };
}

function recordOf<Extra>(
  { source, seed, comparison, all }: Exploration,
  written: Written<Extra>,
): FigureRecord<Extra> {
  const config = { seed, users: all.users, answers: all.answers };
  return studyRecord(source, { config, seeds: [seed], engine: comparison.shown }, written);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import { figureRecord, type FigureRecord } from "../../core/index.js";
import { heaviestPrototype, type Exploration } from "../../evaluate/index.js";
import * as figures from "../../figures/index.js";
import type { Figure } from "../../figures/index.js";
import { pca } from "../../project/index.js";
import { subjectWord } from "./explore-words.js";

const MOST_USERS = 1500;

/** The figures of an exploration, in the order of the page. */
export function exploreFigures(found: Exploration): Figure[] {
  const { choice, test, calibration, maps } = found;
  const [groups, grouping] = groupsOf(found);
  const all = [
    figures.exploreTest(
      recordOf(found, {
        id: "explore-test",
        claim: `Gain of K = ${test.k} over one reward for all: ${test.nats.mean.toFixed(4)} nats an answer, p = ${test.pValue.toFixed(3)}`,
        caption: `${test.permutations} data sets without persons; ${test.users} users. The whole procedure, choice of K included, is repeated for each.`,
        extra: {
          gain: test.nats.mean,
          nullGains: test.nullGains,
          nulls:
            test.null === "permutation"
              ? "answers shuffled within each question"
              : "answers drawn from one reward for all",
        },
      }),
    ),
    figures.explorePrototypes(
      recordOf(found, {
        id: "explore-prototypes",
        claim: `Held-out answers support K = ${choice.k}`,
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
    ),
    ...(choice.k === 1 ? [] : [usersFigure(found, groups, grouping), ...itemFigures(found)]),
    ...(maps === undefined
      ? []
      : [
          figures.exploreMaps(
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
                ...{ groups: Array.from(maps.users, (u) => groups[u]), grouping },
              },
            }),
          ),
        ]),
    figures.exploreCalibration(
      recordOf(found, {
        id: "explore-calibration",
        claim: "Probabilities of held-out answers, and what came",
        caption:
          `${found.heldOutAnswers} held-out answers in ${calibration.bins.length} parts of equal size, with 95 % intervals. ` +
          (calibration.users === 0
            ? "No user has five of them or more, which is what judging a user alone needs."
            : `Of ${calibration.users} users with at least five of them ${(100 * calibration.offUsers).toFixed(1)} % differ from what was expected by more than 1.96 standard deviations; 5 % were to be expected.`),
        extra: { bins: calibration.bins, answer: found.kind === "statements" ? "agree" : "right" },
      }),
    ),
  ];
  return all;
}

function usersFigure(found: Exploration, groups: readonly string[], grouping: string): Figure {
  const { weights, choice } = found;
  const step = Math.max(1, Math.ceil(found.users.length / MOST_USERS));
  const shown = [...found.users.keys()].filter((u) => u % step === 0);
  const rows = shown.map((u) => Array.from(weights.subarray(u * choice.k, (u + 1) * choice.k)));
  return figures.exploreUsers(
    recordOf(found, {
      id: "explore-users",
      claim: `Users between ${choice.k} prototypes`,
      caption: `${shown.length} of ${found.users.length} users by the mean of what is believed of their weights; colour: ${grouping}. Users with few answers stay near the population's mean.`,
      extra: { weights: rows, ...planeOf(rows), groups: shown.map((u) => groups[u]), grouping },
    }),
  );
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

function itemFigures(found: Exploration): Figure[] {
  const { description } = found;
  const word = subjectWord(found);
  const measure =
    found.kind === "statements"
      ? "P(agree) of each prototype"
      : found.kind === "items"
        ? "P(preferred to a typical item) of each prototype"
        : "P(the second of the pair) of each prototype";
  const draw = (id: string, claim: string, items: Exploration["description"]["divisive"]): Figure =>
    figures.exploreItems(
      recordOf(found, {
        id,
        claim,
        caption: `${capital(word)}s with at least ${description.leastAnswers} answers; the model of all answers, K = ${found.choice.k}.`,
        extra: { items, measure },
      }),
    );
  const joins = description.bridging;
  return [
    draw(
      "explore-divisive",
      `What divides: the ${word}s on which prototypes differ most`,
      description.divisive,
    ),
    ...(joins.length === 0
      ? []
      : [
          draw("explore-bridging", `What joins: the ${word}s on which all prototypes are on one side`, joins),
        ]),
  ];
}

function groupsOf({ groups, weights, choice, users }: Exploration): [readonly string[], string] {
  const given = groups?.map((group) => (group === "" ? "none" : group));
  if (given !== undefined && new Set(given).size > 1 && new Set(given).size <= 8)
    return [given, "group given in the data"];
  const heaviest = heaviestPrototype(weights, choice.k);
  return [users.map((_, u) => `prototype ${heaviest[u] + 1}`), "heaviest prototype"];
}

interface Written<Extra> {
  readonly id: string;
  readonly claim: string;
  readonly caption: string;
  readonly extra: Extra;
}

function recordOf<Extra>(
  { source, seed, method }: Exploration,
  written: Written<Extra>,
): FigureRecord<Extra> {
  return figureRecord<Extra>({
    ...{ ...written, profile: "full", config: { seed }, seeds: [seed], engine: method, rows: [] },
    data: [{ name: source.name, sha256: source.sha256, source: `${source.name} (${source.license})` }],
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

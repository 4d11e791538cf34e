import {
  checkInteger,
  checkOneOf,
  InputError,
  type DataReference,
  type RecordRow,
} from "../../../core/index.js";
import { selectRows } from "../../../data/index.js";
import { loadRankings } from "../../../data/files/index.js";
import { meanByRow, sumByUser } from "../../by-user.js";
import { natsAnAnswer, probabilities, slopeOf } from "../../compare/index.js";
import { hits } from "../../held-out.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { publishedReference } from "../parts/references.js";
import { checkCounts, checkNames, checkNumbers, resolveConfig } from "../parts/resolve.js";
import { short, shortNumber } from "../parts/short.js";
import { divide, type Rankings } from "./divide.js";
import { meanPlaces } from "./wins.js";
import { COLUMNS } from "./types-of-rankings.js";
import { WAYS, waysOf, type Recipe, type Setting, type Told, type Tried, type Way } from "./ways.js";

interface BreakfastConfig extends Tried, Pick<Recipe, "visits" | "effort"> {
  /** Items of the new occasion that a person has ranked before they are asked about others. */
  readonly given: readonly number[];
  readonly asked: number;
}

/** Items of a ranking of the set. */
const ITEMS = 15;

/**
 * Rankings of 15 breakfast items by 41 people on six occasions (Green and Rao 1972). Each person is new to one occasion, which the others have ranked: how well
 * is the order of items told that they would give there, after they ranked none, or a few others? Settings are chosen on a ranking of another occasion.
 */
export const breakfastExperiment: Experiment = {
  defaults: {
    ...{ given: [0, 3, 7], asked: 8, prototypes: [2, 3, 5, 8], dimensions: [2, 4] },
    ...{ types: [1, 2, 3], tastes: [...COLUMNS], visits: 400_000, effort: "quick" },
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("breakfast", breakfastExperiment.defaults, config);
    checkCounts("breakfast", resolved, ["asked"], 2);
    checkCounts("breakfast", resolved, ["visits"], 1);
    checkOneOf("breakfast: effort", resolved.effort as string, ["quick", "full"]);
    for (const [key, min] of [
      ["given", 0],
      ["prototypes", 1],
      ["dimensions", 1],
      ["types", 1],
    ] as const)
      for (const value of checkNumbers("breakfast", resolved, key))
        checkInteger(`breakfast: ${key}`, value, { min });
    checkNames("breakfast", resolved, "tastes", COLUMNS);
    const most = Math.max(...(resolved.given as number[]));
    if (most + Number(resolved.asked) > ITEMS)
      throw new InputError(
        `breakfast: given and asked must leave each other room, of ${ITEMS} items at most, got ${most} given and ${String(resolved.asked)} asked`,
      );
    return resolved;
  },

  async identify(config: RunConfig) {
    return { config, data: [(await rankings()).reference] };
  },

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = breakfastExperiment.resolve(raw) as unknown as BreakfastConfig;
    const { given, asked, visits, effort } = config;
    const { data, reference } = await rankings();
    const parts = divide(data, { seed, asked });
    const recipe: Recipe = { engine, seed, visits, effort };
    const rows: RecordRow[] = [];
    for (const way of waysOf(config)) {
      const choices = await chosen(way, { data, train: parts.choosing, asked: parts.validation }, recipe);
      const { setting, scale } = choices.best;
      for (const count of given) {
        const told = await way.scores(
          { data, train: parts.train(count), asked: parts.asked },
          setting,
          recipe,
        );
        rows.push({ ...rowOf(way, setting, told), seed, settings: { given: count }, ...judged(told, scale) });
      }
      if (way.method === WAYS.palA) rows.push(await map(way, choices));
    }
    return {
      rows: rows.map((row) => ({
        ...row,
        accuracy: shortNumber(row.accuracy),
        measures: short(row.measures ?? {}),
      })),
      data: [reference],
    };

    function judged({ scores, measures }: Told, scale: number): Pick<RecordRow, "accuracy" | "measures"> {
      const questions = selectRows(data, parts.asked);
      const p = probabilities(scores, scale);
      const right = sumByUser(hits(p, questions.label), questions, data.users.length);
      return { accuracy: meanByRow(right), measures: { ...measures, nats: natsAnAnswer(p, questions) } };
    }

    /** The best of the settings that can be drawn, after nothing of the new occasion. */
    async function map(way: Way, { all }: Chosen): Promise<RecordRow> {
      const flat = all.filter(({ setting }) => setting.d === 2);
      if (flat.length === 0)
        throw new InputError("breakfast: dimensions must have 2 among them, for the map");
      const { setting, scale } = better(flat);
      const told = await way.scores({ data, train: parts.train(0), asked: parts.asked }, setting, recipe);
      const names = { items: data.items.ids.join("; "), occasions: data.contexts.ids.join("; "), given: 0 };
      return {
        ...rowOf(way, setting, told),
        method: MAP,
        seed,
        settings: names,
        ...judged(told, scale),
        series: { ...told.series, places: meanPlaces(data) },
      };
    }
  },
};

/** The method of the row that a map is drawn of. */
const MAP = "PAL-A in the plane";

interface Choice {
  readonly setting: Setting;
  /** What scores are multiplied by. */
  readonly scale: number;
  /** Log-likelihood of the validation answers, in nats an answer. */
  readonly nats: number;
}

interface Chosen {
  readonly best: Choice;
  readonly all: readonly Choice[];
}

/** The setting, and the factor of its scores, under which the rankings that validate are likeliest. */
async function chosen(way: Way, task: Parameters<Way["scores"]>[0], recipe: Recipe): Promise<Chosen> {
  const questions = selectRows(task.data, task.asked);
  const all: Choice[] = [];
  for (const setting of way.settings) {
    const { scores } = await way.scores(task, setting, recipe);
    all.push({ setting, ...slopeOf(scores, questions) });
  }
  return { best: better(all), all };
}

function better(all: readonly Choice[]): Choice {
  return all.reduce((a, b) => (b.nats > a.nats ? b : a));
}

function rowOf({ method }: Way, setting: Setting, { series }: Told): Omit<RecordRow, "seed" | "accuracy"> {
  const words = Object.entries(setting).map(([name, value]) => `${name} ${value}`);
  const k = setting.K === undefined ? {} : { k: Number(setting.K) };
  return {
    ...{ split: "seen", method, chosen: words.join(", "), ...k },
    ...(series?.likes === undefined ? {} : { series: { likes: series.likes } }),
  };
}

async function rankings(): Promise<{ readonly data: Rankings; readonly reference: DataReference }> {
  const { data } = await loadRankings("breakfast");
  return { data: data as Rankings, reference: publishedReference(data.source) };
}

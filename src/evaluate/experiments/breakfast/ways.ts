import { randomStream } from "../../../core/index.js";
import { selectRows, weighedByWorth, type PreferenceData } from "../../../data/index.js";
import type { Engine } from "../../../engine/index.js";
import { PalA, PalB, type Model } from "../../../families/index.js";
import { fit, type FittedModel, type FittedPrototypeModel } from "../../../train/index.js";
import { recipe } from "../../compare/index.js";
import type { Rankings } from "./divide.js";
import { countWins, type Wins } from "./wins.js";
import { COLUMNS, typesOfRankings, type Columns } from "./types-of-rankings.js";

/** What is learned from, and what is asked about: rows of the data by index. */
export interface Task {
  readonly data: Rankings;
  readonly train: Int32Array;
  readonly asked: Int32Array;
}

/** What trainings share. */
export interface Recipe {
  readonly engine: Engine;
  readonly seed: number;
  /** Training comparisons that a model trained by gradients sees in all. */
  readonly visits: number;
  /** How long types are looked for. */
  readonly effort: "quick" | "full";
}

/** A setting, by name. */
export type Setting = { readonly [name: string]: number | string };

/** A way to predict, with the settings of which validation chooses. */
export interface Way {
  readonly method: string;
  readonly settings: readonly Setting[];
  /** Log odds of "right", up to a factor, of the rows asked about; shape [asked]. */
  scores(task: Task, setting: Setting, recipe: Recipe): Promise<Told>;
}

/** What was predicted, and what else was found out. */
export interface Told {
  readonly scores: ArrayLike<number>;
  readonly measures?: { readonly [name: string]: number };
  readonly series?: { readonly [name: string]: readonly number[] };
}

/** The names of the ways, as records have them. */
export const WAYS = {
  others: "what others say of the occasion",
  own: "own average of other occasions",
  both: "the two averages, weighted",
  palA: "PAL-A: ideal points, occasions ignored",
  palB: "PAL-B: the occasion as context",
  types: "types + own tastes, occasions ignored",
  typesByOccasion: "types by occasion + own tastes",
} as const;

/** What is tried: values of K, of the dimension of the latent space, and of types; and what own tastes are of. */
export interface Tried {
  readonly prototypes: readonly number[];
  readonly dimensions: readonly number[];
  readonly types: readonly number[];
  /** The first with every number of types, others with the first number alone: they cost most, and have the most tastes to share few answers. */
  readonly tastes: readonly Columns[];
}

/** All ways, those that need no model first. */
export function waysOf({ prototypes, dimensions, types, tastes }: Tried): readonly Way[] {
  const latent = dimensions.flatMap((d) => prototypes.map((k) => ({ K: k, d })));
  const kinds = tastes.flatMap((of, i) =>
    (i === 0 ? types : types.slice(0, 1)).map((k) => ({ K: k, tastes: of })),
  );
  const shares = [0.25, 0.5, 0.75].map((own) => ({ "weight of own": own }));
  return [
    { method: WAYS.others, settings: [{ "weight of own": 0 }], scores: averages },
    { method: WAYS.own, settings: [{ "weight of own": 1 }], scores: averages },
    { method: WAYS.both, settings: shares, scores: averages },
    { method: WAYS.palA, settings: latent, scores: palA },
    { method: WAYS.palB, settings: latent, scores: palB },
    { method: WAYS.types, settings: types.map((k) => ({ K: k })), scores: typesAlone },
    { method: WAYS.typesByOccasion, settings: kinds, scores: typesByOccasion },
  ];
}

/** How much of its comparisons an item wins with this person, and with everybody on this occasion, in places of a ranking. */
function averages({ data, train, asked }: Task, setting: Setting): Promise<Told> {
  const items = data.items.ids.length;
  const share = Number(setting["weight of own"]);
  const own = countWins(data, train, data.user, data.users.length);
  const occasion = countWins(data, train, data.context, data.contexts.ids.length);
  const at = (sums: Wins, of: number, item: number): number =>
    ((items - 1) * (sums.won[of * items + item] + 0.5)) / (sums.all[of * items + item] + 1);
  const score = (row: number, item: number): number =>
    share * at(own, data.user[row], item) + (1 - share) * at(occasion, data.context[row], item);
  return Promise.resolve({
    scores: Float64Array.from(asked, (row) => score(row, data.right[row]) - score(row, data.left[row])),
  });
}

/** The comparisons that train, those of one ranking weighted down to what they are worth together; whole data in, with or without occasions. */
function learned<M extends Model>(
  model: M,
  { data, train }: { readonly data: PreferenceData; readonly train: Int32Array },
  { engine, seed, visits }: Recipe,
): Promise<FittedModel<M>> {
  const rows = weighedByWorth(selectRows(data, train));
  return fit(model, rows, recipe(model, rows.label.length, { engine, seed, visits }));
}

async function palA({ data, ...rows }: Task, { K: k, d }: Setting, how: Recipe): Promise<Told> {
  const { users, items, user, left, right, label, judgement, judged, source } = data;
  const alone: PreferenceData = { users, items, user, left, right, label, judgement, judged, source };
  const model = new PalA({ k: Number(k), latentDimension: Number(d), loss: "logistic" });
  const found = (await learned(model, { data: alone, ...rows }, how)) as FittedPrototypeModel<PalA>;
  const scores = found.scoresOf(selectRows(alone, rows.asked));
  if (d !== 2) return { scores };
  const short = (values: Float32Array): number[] => Array.from(values, (value) => Number(value.toFixed(3)));
  const people = alone.users.flatMap((user) => short(found.idealPoint(user)));
  return {
    scores,
    series: { items: short(found.latentItems(alone.items)), prototypes: short(found.prototypes()), people },
  };
}

async function palB({ data, ...rows }: Task, { K: k, d }: Setting, how: Recipe): Promise<Told> {
  const model = new PalB({ k: Number(k), latentDimension: Number(d) });
  const found = await learned(model, { data, ...rows }, how);
  return { scores: found.scoresOf(selectRows(data, rows.asked)) };
}

function typesAlone(task: Task, { K: k }: Setting, how: Recipe): Promise<Told> {
  return typesTold(task, { k: Number(k), means: "items", tastes: "items" }, how);
}

function typesByOccasion(task: Task, { K: k, tastes }: Setting, how: Recipe): Promise<Told> {
  return typesTold(task, { k: Number(k), means: COLUMNS[1], tastes: tastes as Columns }, how);
}

function typesTold(
  task: Task,
  given: Parameters<typeof typesOfRankings>[1],
  { seed, effort }: Recipe,
): Promise<Told> {
  return Promise.resolve(
    typesOfRankings(task, given, { rng: randomStream(seed).split("breakfast types"), effort }),
  );
}

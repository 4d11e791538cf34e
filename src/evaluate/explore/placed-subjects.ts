import type { PreferenceData } from "../../data/index.js";
import { ask } from "../../families/index.js";
import { heaviestPrototype } from "../heaviest-prototype.js";
import { describeSubjects, type DescribedSubject, type PrototypeView } from "./describe.js";

/** A share of answers with its 95 % interval; all are fractions, 0-1. */
export interface AnsweredShare {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Answers (weights are added up); 0: nothing is known, and the interval is 0 to 1. */
  readonly answers: number;
}

/** One statement or item with its place on the line from joining to dividing. */
export interface PlacedSubject extends DescribedSubject {
  /** 0 joins, 1 divides: the largest difference between types' probabilities; of one type, how evenly answers are split. */
  readonly divides: number;
  readonly all: AnsweredShare;
  /** A share for each name of each grouping. */
  readonly byGroup: readonly (readonly AnsweredShare[])[];
}

/** Every statement or item, those that join first. */
export interface PlacedSubjects {
  /** How many there are; where it is more than are shown, these have the most answers. */
  readonly total: number;
  readonly shown: readonly PlacedSubject[];
  /** How users are grouped: by what the model found (their heaviest type), by a column that is known of them. */
  readonly groupings: readonly {
    /** The column's name; undefined for the types that were found. */
    readonly column?: string;
    readonly names: readonly string[];
  }[];
}

/** Statements or items that are placed, at most: a page has to hold them. */
const MOST_SUBJECTS = 1000;
/** Groups of a column, at most. */
const MOST_GROUPS = 6;

/** Places statements or items from joining to dividing, each with what groups of users answered. */
export function placeSubjects(model: PrototypeView, data: PreferenceData): PlacedSubjects {
  const all = describeSubjects(model, data);
  const chosen = [...all.keys()]
    .sort((a, b) => all[b].answers - all[a].answers || a - b)
    .slice(0, MOST_SUBJECTS);
  const groupings = [...typesOf(model, data), ...columnOf(data)];
  const place = new Map(chosen.map((subject, i) => [subject, i]));
  const answers = answersBySubject(model, data, place);
  const placed = chosen.map((subject, i): PlacedSubject => {
    const own = answers[i];
    return {
      ...all[subject],
      divides: dividing(all[subject]),
      all: answeredShare(own),
      byGroup: groupings.map(({ names, of }) =>
        names.map((_, group) => answeredShare(own.filter(({ user }) => of[user] === group))),
      ),
    };
  });
  return {
    total: all.length,
    shown: placed.sort((a, b) => a.divides - b.divides),
    groupings: groupings.map(({ column, names }) => ({ ...(column === undefined ? {} : { column }), names })),
  };
}

/** How far apart types are, 0-1; where there is one type, how evenly the answers are split, drawn towards the middle where they are few. */
function dividing({ byPrototype, share, answers }: DescribedSubject): number {
  if (byPrototype.length > 1) return Math.max(...byPrototype) - Math.min(...byPrototype);
  return 1 - Math.abs((2 * (share * answers + 1)) / (answers + 2) - 1);
}

interface Grouping {
  readonly column?: string;
  readonly names: readonly string[];
  /** The group of each user; -1: none. */
  readonly of: readonly number[];
}

function typesOf({ k, allWeights }: PrototypeView, { users }: PreferenceData): Grouping[] {
  if (k === 1) return [];
  return [
    {
      names: Array.from({ length: k }, (_, j) => String(j + 1)),
      of: heaviestPrototype(allWeights, users.length),
    },
  ];
}

/** The first column that parts users into a few groups. */
function columnOf({ columns = [] }: PreferenceData): Grouping[] {
  for (const { name, values } of columns) {
    const names = [...new Set(values)].filter((value) => value !== "").sort();
    const known = values.filter((value) => value !== "").length;
    if (names.length < 2 || names.length > MOST_GROUPS || names.length >= known) continue;
    return [{ column: name, names, of: values.map((value) => names.indexOf(value)) }];
  }
  return [];
}

/** What one user answered about one subject: the weight of all answers, and of those on its side. */
interface AnswersOfUser {
  readonly user: number;
  readonly n: number;
  readonly right: number;
}

/** For each placed subject the answers of each user about it. */
function answersBySubject(
  model: PrototypeView,
  data: PreferenceData,
  place: ReadonlyMap<number, number>,
): AnswersOfUser[][] {
  const found = Array.from(place, () => new Map<number, { n: number; right: number }>());
  const { question, direction } = ask(data);
  const add = (subject: number, isRight: boolean, row: number): void => {
    const at = place.get(subject);
    if (at === undefined) return;
    const [user, weight] = [data.user[row], data.weight?.[row] ?? 1];
    const own = found[at].get(user) ?? { n: 0, right: 0 };
    found[at].set(user, { n: own.n + weight, right: own.right + (isRight ? weight : 0) });
  };
  question.forEach((q, row) => {
    if (model.kind !== "items") return add(q, data.label[row] * direction[row] > 0, row);
    add(data.right[row], data.label[row] > 0, row);
    add(data.left[row], data.label[row] < 0, row);
  });
  return found.map((users) => Array.from(users, ([user, own]) => ({ user, ...own })));
}

const Z = 1.959964;

/** A share with Wilson's interval; answers of one user count for less than as many users' where they go together (Kish's design effect). */
export function answeredShare(
  users: readonly { readonly n: number; readonly right: number }[],
): AnsweredShare {
  const answers = users.reduce((sum, { n }) => sum + n, 0);
  if (answers === 0) return { share: 0.5, low: 0, high: 1, answers };
  const share = users.reduce((sum, { right }) => sum + right, 0) / answers;
  const spread = users.reduce((sum, { n, right }) => sum + (right - share * n) ** 2, 0);
  const one = answers * share * (1 - share);
  const n = answers / Math.max(1, one === 0 ? answers / users.length : spread / one);
  const centre = (share + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const half = (Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2))) / (1 + Z ** 2 / n);
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half), answers };
}

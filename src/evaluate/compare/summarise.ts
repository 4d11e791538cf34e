import type { PreferenceData } from "../../data/index.js";
import { dataSizes, familyOf } from "../../families/index.js";
import type { Baseline } from "./baselines.js";
import type { Comparison, FamilyNote, Row } from "./comparison.js";
import { knowsUsers, type FamilyResult } from "./family-job.js";
import { SURE_GAIN } from "./is-sure-gain.js";
import type { Judged } from "./judged.js";
import type { Parts } from "./parts.js";
import type { Limits } from "./prepare.js";
import { ANYBODY, SCALES } from "./predict.js";
import { recipeWords } from "./recipe.js";
import { holm } from "../holm.js";
import { gainOver, pool } from "./sums.js";
import type { Ceilings } from "./truth.js";

/** One division of the data, and all that was found on it. */
export interface Division {
  readonly seed: number;
  readonly parts: Parts;
  readonly baselines: readonly Baseline[];
  readonly ceilings?: Ceilings;
  readonly results: ReadonlyMap<string, FamilyResult>;
}

interface Use {
  readonly kinds: readonly string[];
  readonly given: readonly number[];
  readonly notes: readonly string[];
  readonly limits: Limits;
  readonly visits: number;
}

type Ran = Extract<FamilyResult, { status: "ran" }>;

/** What a predictor did on every division, on each kind of answers: of users seen, then of new users for each number of answers. */
interface Predictor extends Pick<Row, "id" | "name" | "role" | "knowsUsers"> {
  readonly validation: number;
  /** [conditions][divisions] */
  readonly judged: readonly (readonly Judged[])[];
}

export function summarise(data: PreferenceData, divisions: readonly Division[], use: Use): Comparison {
  const { kinds, given } = use;
  const families = kinds.map((kind) => foundOf(kind, data, divisions));
  const baselines = baselinesOver(divisions, given.length);
  const ran = families.flatMap(({ predictor }) => (predictor === undefined ? [] : [predictor]));
  const blinds = [...baselines, ...ran].filter((each) => !each.knowsUsers);
  const blind = blinds.reduce((a, b) => (b.validation > a.validation ? b : a));
  const rows = withGains([...ran, ...baselines], blind, given);
  const failed = families.flatMap(({ failure }) => (failure === undefined ? [] : failedRows(failure, given)));
  return {
    ...{ source: data.source, users: data.users.length, answers: data.label.length },
    ...{ seeds: divisions.map(({ seed }) => seed), given, blind: blind.id },
    rows: [...rows, ...ceilingRows(divisions, given), ...failed],
    families: families.map(({ note }) => note),
    choices: choicesOf(data, divisions, use, blind),
  };
}

function foundOf(kind: string, data: PreferenceData, divisions: readonly Division[]) {
  const { title, guide } = familyOf(kind);
  const results = divisions.map((division) => division.results.get(kind) as FamilyResult);
  const about = { id: kind, name: title, role: "family" as const, knowsUsers: knowsUsers(kind, data) };
  const note = { id: kind, name: title, assumes: guide.assumes, needs: guide.needs };
  const failed = results.find((result) => result.status !== "ran");
  if (failed !== undefined) {
    const { status, reason } = failed as Exclude<FamilyResult, Ran>;
    return {
      note: { ...note, tried: [], chosen: [] } satisfies FamilyNote,
      failure: { ...about, status, reason },
    };
  }
  const ran = results as readonly Ran[];
  const mean = (of: (result: Ran) => number): number =>
    ran.reduce((sum, result) => sum + of(result), 0) / ran.length;
  const predictor: Predictor = {
    ...about,
    validation: mean((result) => result.validation),
    judged: [ran.map(({ seen }) => seen), ...ran[0].fresh.map((_, i) => ran.map(({ fresh }) => fresh[i]))],
  };
  const spent = { seconds: mean((result) => result.seconds), parameters: ran[0].parameters };
  return {
    predictor,
    note: { ...note, tried: ran[0].tried, chosen: ran.map(({ chosen }) => chosen), ...spent },
  };
}

function baselinesOver(divisions: readonly Division[], given: number): Predictor[] {
  return divisions[0].baselines.map(({ id, name }, i) => {
    const each = divisions.map(({ baselines }) => baselines[i]);
    const fresh = each.map((baseline) => baseline.fresh);
    return {
      ...{ id, name, role: "baseline", knowsUsers: false },
      validation: each.reduce((sum, { validation }) => sum + validation, 0) / each.length,
      judged: [each.map(({ seen }) => seen), ...Array.from({ length: given }, () => fresh)],
    };
  });
}

function about(condition: number, given: readonly number[]): Pick<Row, "users" | "answers"> {
  return condition === 0 ? { users: "seen" } : { users: "new", answers: given[condition - 1] };
}

function withGains(predictors: readonly Predictor[], blind: Predictor, given: readonly number[]): Row[] {
  const rows = predictors.flatMap(({ judged, id, name, role, knowsUsers: knows }) =>
    judged.map((parts, condition) => {
      const gain = knows ? { gain: gainOver(parts, blind.judged[condition]) } : {};
      return {
        id,
        name,
        role,
        knowsUsers: knows,
        ...about(condition, given),
        status: "ran" as const,
        ...pool(parts),
        ...gain,
      };
    }),
  );
  const tested = rows.flatMap((row, i) =>
    "gain" in row && row.gain !== undefined ? [{ i, pValue: row.gain.pValue }] : [],
  );
  const adjusted = holm(tested.map(({ pValue }) => pValue));
  const byRow = new Map(tested.map(({ i }, t) => [i, adjusted[t]]));
  return rows.map((row, i): Row => {
    const found = byRow.get(i);
    const { gain, ...rest } = row;
    return gain === undefined || found === undefined ? rest : { ...rest, gain: { ...gain, adjusted: found } };
  });
}

function ceilingRows(divisions: readonly Division[], given: readonly number[]): Row[] {
  const all = divisions.flatMap(({ ceilings }) => (ceilings === undefined ? [] : [ceilings]));
  if (all.length === 0) return [];
  const row = (id: string, name: string, condition: number, parts: readonly Judged[]): Row => ({
    ...{ id, name, role: "ceiling", knowsUsers: id !== "blind-truth", status: "ran" },
    ...about(condition, given),
    ...pool(parts),
  });
  const both = (id: "oracle" | "blind", name: string): Row[] => {
    const own = id === "blind" ? "blind-truth" : id;
    const at = (part: 0 | 1): Judged[] => all.map((ceilings) => ceilings[id][part]);
    return [row(own, name, 0, at(0)), ...given.map((_, i) => row(own, name, i + 1, at(1)))];
  };
  const bayes = given.map((_, i) =>
    row(
      "bayes",
      "Bayes, who knows the population",
      i + 1,
      all.map((ceilings) => ceilings.bayes[i]),
    ),
  );
  return [
    ...both("oracle", "who knows everybody"),
    ...both("blind", "who knows the population alone"),
    ...bayes,
  ];
}

function failedRows(
  failure: Pick<Row, "id" | "name" | "role" | "knowsUsers" | "status" | "reason">,
  given: readonly number[],
): Row[] {
  return [0, ...given.map((_, i) => i + 1)].map((condition) => ({ ...failure, ...about(condition, given) }));
}

function choicesOf(
  data: PreferenceData,
  divisions: readonly Division[],
  { notes, given, limits, visits }: Use,
  blind: Predictor,
): Comparison["choices"] {
  const { train, validation, seen, given: fresh, asked } = divisions[0].parts;
  const sizes = dataSizes(data, data.users.length);
  const features = sizes.items.features + (sizes.contexts?.features ?? 0);
  return [
    [
      "data",
      `${data.users.length} users, ${data.label.length} answers${notes.length === 0 ? "; all of them" : ""}`,
    ],
    ...notes.map((note, i): readonly [string, string] => [
      i === 0 ? "what was left out or changed" : "",
      note,
    ]),
    [
      "features",
      features === 0
        ? "none: items and contexts are learned by their ids"
        : `${features} of items and contexts (${limits.features} of a table at most)`,
    ],
    ["divisions", `${divisions.length}, each with users and answers drawn anew, the same for every family`],
    [
      "in the first",
      `${train.users.length} users train with ${train.label.length} answers, ${validation.label.length} choose settings, ${seen.label.length} are asked; ${fresh.users.length} new users have ${fresh.label.length} answers to give and are asked ${asked.label.length}`,
    ],
    [
      "new users",
      `give their first ${given.join(", ")} answers, or all that they have; these are the numbers that at least half of them can give`,
    ],
    [
      "of whom nothing is known",
      `families with a belief before any answer predict by it; of the others, the mean over ${ANYBODY} users who trained`,
    ],
    [
      "tuning",
      "each family has three settings at most of its own, all listed, and takes the one under which the validation answers are likeliest; it is not fitted again on these",
    ],
    ["training", recipeWords(train.label.length, visits)],
    [
      "probabilities",
      `scores are multiplied by one number, chosen of ${SCALES.length} on the validation answers, the same way for every family`,
    ],
    [
      "what must be beaten",
      `${blind.name}: of all that know no users, it predicts the validation answers best`,
    ],
    [
      "intervals",
      "95 %, over users and divisions: the variance over users and that of the divisions' means are added",
    ],
    [
      "many comparisons",
      `p-values of gains are adjusted by Holm's method over all families and all numbers of answers; a gain counts from ${SURE_GAIN}`,
    ],
  ];
}

import { DataError, show } from "../../../core/index.js";
import type { ColumnNames } from "../roles.js";
import { areVotes } from "../codings.js";
import { idsOrTexts } from "../ids-or-texts.js";
import { doubtfulIds, readIds } from "../read-columns.js";
import { notesOn, placeIn, readContexts } from "../read-contexts.js";
import { idOf, isBlank, numberOf, rowError, type Table } from "../table.js";
import type { AnswersRead, Format, Work } from "./format.js";
import { pairsOf, type Judgement } from "./pairs-of.js";

/** What the numbers are: of ratings the highest, of ranks the lowest is the best. */
type Values = "rating" | "rank";

/** Ratings of items, one a row, on any scale: compared within a user and context. */
export const ratings: Format = valued("rating");
/** Rankings with a row for each item and a column of ranks. */
export const rankedRows: Format = valued("rank");

function valued(role: Values): Format {
  const isRating = role === "rating";
  return {
    name: isRating ? "ratings" : "rankings",
    looks: isRating ? "ratings (user, item, rating)" : "rankings (user, item, rank)",
    layout: (table) => (isRating ? layoutOf(table) : undefined),
    sure(chooser, table) {
      const given = chooser.taken(role);
      const known = chooser.taken("item");
      if (given !== undefined)
        return { sure: 1, because: `column ${table.columns[given]} holds the ${role}s` };
      const [item, value] = [known ?? chooser.candidates("item")[0], chooser.candidates(role)[0]];
      if (value === undefined || item === undefined) return undefined;
      const because = `columns ${table.columns[item]} and ${table.columns[value]}`;
      const isNamed = /^ratings?$/i.test(table.columns[value]) && isRating && !areVotes(table, value);
      if (!holdsNumbers(table, value)) return { sure: isNamed ? 0.7 : 0.2, because };
      if (!isRating) return { sure: table.columns[value].toLowerCase() === "rank" ? 0.85 : 0.7, because };
      return { sure: areVotes(table, value) ? 0.4 : 0.8, because };
    },
    roles(chooser) {
      const value = chooser.needed(role);
      const item = chooser.needed("item");
      const context = chooser.optional("context");
      return {
        needed: [item],
        read: (work) => readRows(work, { item, value, context, user: chooser.taken("user"), role }),
      };
    },
  };
}

/** PRISM's utterances, models that are rated within an interaction, and UltraFeedback's completions, which an instruction has in common. */
function layoutOf({ columns }: Table): ColumnNames | undefined {
  const has = (...names: string[]): boolean => names.every((name) => columns.includes(name));
  if (has("interaction_id", "model_name", "score", "user_id"))
    return { user: "user_id", item: "model_name", rating: "score", context: "interaction_id" };
  if (has("annotator", "instruction", "model", "overall_score"))
    return { user: "annotator", item: "model", rating: "overall_score", context: "instruction" };
  return undefined;
}

/** Whether numbers are what a column holds most. */
function holdsNumbers(table: Table, column: number): boolean {
  let [numbers, others] = [0, 0];
  for (let row = 0; row < table.rows; row++) {
    const cell = table.cell(row, column);
    if (isBlank(cell)) continue;
    if (numberOf(cell) === undefined) others++;
    else numbers++;
  }
  return numbers > others;
}

interface Columns {
  readonly item: number;
  readonly value: number;
  readonly context: number | undefined;
  readonly user: number | undefined;
  readonly role: Values;
}

function readRows(work: Work, { item, value, context, user, role }: Columns): AnswersRead {
  const { table, options, tables } = work;
  const ids = readIds(table, item);
  const asked = readContexts(table, context, tables.contexts);
  const named = idsOrTexts(ids.ids.all, table.rows, options.texts);
  const place = tables.items === undefined ? ids.of : placeIn(table, item, ids, tables.items);
  const sets = setsOf(work, { item: place, itemColumn: item, value, role, user, context: asked.context });
  const [low, high] = range(sets.judgements);
  if (role === "rating" && low === high)
    throw new DataError(
      { file: table.file, column: table.columns[value] },
      `every rating is ${low}: no item is preferred to another`,
    );
  const pairs = pairsOf(sets.judgements, {
    kind: role === "rank" ? "ranking" : "rating",
    pairs: options.pairs ?? "all",
    strength: options.strength ?? "ignore",
    ...(role === "rating" ? { range: high - low } : {}),
  });
  return {
    items: tables.items ?? named.items,
    ...(asked.contexts === undefined ? {} : { contexts: asked.contexts }),
    ...pairs,
    unanswered: sets.unanswered,
    coding: {
      name:
        role === "rating"
          ? `ratings from ${low} to ${high}: the higher is preferred, equal ones are ties`
          : "ranks: the lowest number is preferred, equal ones are ties",
    },
    warnings: doubtfulIds(table, [item, context]),
    notes: [
      ...pairs.notes,
      ...(tables.items === undefined ? named.notes : []),
      ...(sets.superseded > 0
        ? [`${sets.superseded} ratings are replaced by a later one of the same item`]
        : []),
      ...notesOn([tables.items, tables.contexts]),
    ],
  };
}

interface RowsOf {
  readonly item: Int32Array;
  readonly itemColumn: number;
  readonly value: number;
  readonly role: Values;
  readonly user: number | undefined;
  readonly context: Int32Array | undefined;
}

interface Sets {
  readonly judgements: readonly Judgement[];
  readonly unanswered: number;
  readonly superseded: number;
}

/** What each user said in each context; of several ratings of one item the last counts. @throws DataError for a rank or an item that is there twice */
function setsOf({ table, time }: Work, { item, itemColumn, value, role, user, context }: RowsOf): Sets {
  const sets = new Map<string, Map<number, { row: number; number: number }>>();
  let [unanswered, superseded] = [0, 0];
  for (let row = 0; row < table.rows; row++) {
    const cell = table.cell(row, value);
    const number = numberOf(cell);
    if (isBlank(cell)) {
      if (role === "rank")
        throw rowError(table, row, `the rank of ${show(table.cell(row, itemColumn))} is missing`, value);
      unanswered++;
      continue;
    }
    if (number === undefined)
      throw rowError(table, row, `a ${role} must be a number, got ${show(cell)}`, value);
    const who = user === undefined ? "" : idOf(table, row, user);
    const key = `${context?.[row] ?? ""} ${who}`;
    const set = sets.get(key) ?? new Map<number, { row: number; number: number }>();
    const before = set.get(item[row]);
    if (before !== undefined) {
      if (role === "rank")
        throw rowError(table, row, `ranks ${show(table.cell(row, itemColumn))} twice in one ranking`, value);
      superseded++;
    }
    if (before === undefined || time === undefined || time[row] >= time[before.row])
      set.set(item[row], { row, number });
    sets.set(key, set);
  }
  const judgements = [...sets.values()].map((set): Judgement => {
    const [first] = set.values();
    const said = [...set.values()];
    if (role === "rank") checkRanks(table, value, said);
    return {
      row: first.row,
      items: [...set.keys()],
      values: said.map(({ number }) => (role === "rank" ? -number : number)),
      ...(context === undefined ? {} : { context: context[first.row] }),
    };
  });
  return { judgements, unanswered, superseded };
}

/** Ranks count on without a gap, but where ties leave one (1, 2, 2, 4). @throws DataError */
function checkRanks(
  table: Table,
  column: number,
  said: readonly { readonly row: number; readonly number: number }[],
): void {
  const ranks = said.map(({ number }) => number).sort((a, b) => a - b);
  if (!ranks.every(Number.isInteger)) return;
  let different = 0;
  ranks.forEach((rank, before) => {
    if (before > 0 && rank === ranks[before - 1]) return;
    const isNext = rank - ranks[0] === before || rank - ranks[0] === different;
    if (!isNext) {
      const at = said.find(({ number }) => number === rank) ?? said[0];
      const problem = `rank ${rank} stands behind ${before} ${before === 1 ? "item" : "items"}: a rank before it is missing`;
      throw rowError(table, at.row, problem, column);
    }
    different++;
  });
}

function range(judgements: readonly Judgement[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of judgements)
    for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}

import { randomStream } from "../../../core/index.js";
import type { Answers } from "../answers.js";
import { readLabels } from "../codings.js";
import type { ColumnChooser } from "../columns.js";
import { notesOn, readContexts } from "../read-contexts.js";
import { doubtfulIds } from "../read-columns.js";
import { hasSides, readSides, type Sides } from "../sides.js";
import { numberOf, rowError, type Table } from "../table.js";
import type { AnswersRead, Format, Roles, Work } from "./format.js";
import { sideLabels } from "./side-labels.js";

/**
 * Comparisons of two items, one a row. Items are ids of a second table, texts, feature columns, or ids alone (then they are learned). A table of
 * chosen and rejected items needs no labels; the side on which the chosen one stands is then drawn (seed 0).
 */
export const comparisons: Format = {
  name: "comparisons",
  looks: "comparisons (columns like user, left, right, label)",
  layout: ({ columns }) =>
    ["human_ref_A", "human_ref_B", "labels"].every((name) => columns.includes(name))
      ? { left: "human_ref_A", right: "human_ref_B", label: "labels", context: "history" }
      : undefined,
  sure(chooser, table) {
    const [left, right] = [chooser.taken("left"), chooser.taken("right")];
    if (left !== undefined && right !== undefined)
      return { sure: 1, because: `columns ${table.columns[left]} and ${table.columns[right]} are the items` };
    if (left !== undefined || right !== undefined) return { sure: 1, because: "a side is named" };
    if (!hasSides(chooser, table)) return undefined;
    const [pair] = chooser.pairs();
    if (pair === undefined) return { sure: 0.9, because: "columns of features of either side" };
    const because = `columns ${table.columns[pair[0]]} and ${table.columns[pair[1]]} are a pair`;
    if (chooser.wordsOf(pair[0]).join() === "left") return { sure: 1, because };
    return { sure: chooser.isOfItems(pair) ? 0.9 : 0.6, because };
  },
  roles(chooser, table): Roles {
    const pair = chooser.pair();
    const read = answersOf(chooser, table, pair);
    const context = chooser.optional("context");
    return {
      needed: [pair?.left, pair?.right],
      read: (work) => readRows(chooser, work, { pair, read, context }),
    };
  },
};

type Pair = ReturnType<ColumnChooser["pair"]>;
type Read = (work: Work, sides: Sides) => Labelled;

/** Takes the columns of the answers, and gives what reads them. */
function answersOf(chooser: ColumnChooser, whole: Table, pair: Pair): Read {
  const given = chooser.taken("label");
  const name = given === undefined ? undefined : whole.columns[given];
  const bySide = sideLabels(chooser, whole, name);
  const label = given ?? (bySide === undefined ? chooser.optional("label") : undefined);
  const names =
    pair === undefined ? undefined : ([whole.columns[pair.left], whole.columns[pair.right]] as const);
  return ({ table, options }, sides) => {
    const { left, right } = sides;
    if (sides.isOutcome) return drawSides(sides);
    const { labels, scale, coding } = options;
    if (bySide !== undefined && labels === undefined && scale === undefined)
      return { left, right, answers: bySide(table), notes: [] };
    const column = label ?? chooser.needed("label");
    const hints = { given: labels, scale, known: coding, names };
    return { left, right, answers: readLabels(table, column, sides.ids, hints), notes: [] };
  };
}

interface Taken {
  readonly pair: Pair;
  readonly read: Read;
  readonly context: number | undefined;
}

function readRows(chooser: ColumnChooser, work: Work, { pair, read, context }: Taken): AnswersRead {
  const { table, options, tables } = work;
  const sides = readSides(chooser, table, { pair, known: tables.items, texts: options.texts });
  const { left, right, answers, notes } = read(work, sides);
  const weight = weightOf(
    table,
    chooser.taken("weight"),
    options.strength === "weight" ? answers : undefined,
  );
  return {
    items: sides.items,
    of: Int32Array.from({ length: table.rows }, (_, row) => row),
    ...{ left, right },
    ...readContexts(table, context, tables.contexts),
    answer: answers.of,
    ...(weight === undefined ? {} : { weight }),
    coding: answers.coding,
    ...(answers.strength === undefined || options.strength !== "weight"
      ? {}
      : { made: "each grade, weighted by its strength" }),
    warnings: [
      ...doubtfulIds(table, [...sides.columns, context]),
      ...(answers.coding.scale === undefined || options.scale !== undefined ? [] : [turnedWarning(answers)]),
    ],
    notes: [
      ...notes,
      ...sides.notes,
      ...(answers.strength === undefined || options.strength === "weight"
        ? []
        : [
            'of grades the side alone counts; --strength weight (strength: "weight") keeps how strong they are',
          ]),
      ...notesOn([tables.items, tables.contexts]),
    ],
  };
}

function turnedWarning({ coding: { scale = [0, 0] } }: Answers): string {
  const [left, right] = scale;
  return `grades are taken to prefer left at ${left} and right at ${right}; where it is the other way round: --scale=${right}..${left} (scale: [${right}, ${left}])`;
}

/** What a column of weights and the strength of grades say together. @throws DataError for a weight that is no number >= 0 */
function weightOf(
  table: Table,
  column: number | undefined,
  graded: Answers | undefined,
): Float32Array | undefined {
  if (column === undefined && graded?.strength === undefined) return undefined;
  return Float32Array.from({ length: table.rows }, (_, row) => {
    const strength = graded?.of[row] === 0 ? 1 : (graded?.strength?.[row] ?? 1);
    if (column === undefined) return strength;
    const weight = numberOf(table.cell(row, column));
    if (weight === undefined || weight < 0)
      throw rowError(table, row, "a weight must be a number >= 0", column);
    return weight * strength;
  });
}

interface Labelled {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly answers: Answers;
  readonly notes: readonly string[];
}

/** Where the left column is always the preferred one, its place would give the answer away: each pair gets its sides by lot. */
function drawSides({ left, right }: Sides): Labelled {
  const lot = randomStream(0).split("sides");
  const swaps = Uint8Array.from(left, () => lot.integer(2));
  return {
    left: left.map((item, row) => (swaps[row] === 1 ? right[row] : item)),
    right: right.map((item, row) => (swaps[row] === 1 ? left[row] : item)),
    answers: {
      of: Array.from(swaps, (swap) => (swap === 1 ? 1 : -1)),
      coding: { name: "by the columns: the first item was preferred" },
    },
    notes: [
      "which item stands left was drawn by lot (seed 0), because the preferred one always has the same column",
    ],
  };
}

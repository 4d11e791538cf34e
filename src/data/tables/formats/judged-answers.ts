import { idsOrTexts } from "../ids-or-texts.js";
import { notesOn, placeIn } from "../read-contexts.js";
import type { Ids, Table } from "../table.js";
import type { AnswersRead, Work } from "./format.js";
import { pairsOf, type Judgement, type Making } from "./pairs-of.js";

/** Judgements whose items are named where they are judged. */
export interface Judged {
  readonly sets: readonly Judgement[];
  /** The items that are named. */
  readonly ids: Ids;
  /** The contexts that they are judged in. */
  readonly asked: Pick<AnswersRead, "contexts">;
  readonly kind: Making["kind"];
  readonly strength: Making["strength"];
  /** A column of items, for errors. */
  readonly column: number;
  /** What else is to be said of them. */
  readonly notes?: readonly string[];
}

/** The pairs of judgements as answers, with items by their ids, as texts, or of a second table. @throws DataError naming an id that the second table lacks */
export function judgedAnswers(
  { table, options, tables }: Work,
  { sets, ids, asked, kind, strength, column, notes = [] }: Judged,
): Omit<AnswersRead, "coding" | "warnings"> {
  const uses = sets.reduce((sum, { items }) => sum + items.length, 0);
  const named = idsOrTexts(ids.all, uses, options.texts);
  const pairs = pairsOf(sets, { kind, pairs: options.pairs ?? "all", strength });
  const known = tables.items;
  // a pair's line is that of the row that it was made of
  const rows: Table = { ...table, line: (pair) => table.line(pairs.of[pair]) };
  const move = (of: Int32Array): Int32Array =>
    known === undefined ? of : placeIn(rows, column, { ids, of }, known);
  return {
    items: known ?? named.items,
    ...(asked.contexts === undefined ? {} : { contexts: asked.contexts }),
    ...pairs,
    ...{ left: move(pairs.left), right: move(pairs.right) },
    notes: [
      ...pairs.notes,
      ...notes,
      ...(known === undefined ? named.notes : []),
      ...notesOn([tables.items, tables.contexts]),
    ],
  };
}

import { mean, rowsWhere, type RecordRow, type Where } from "../core/index.js";

/** What a figure says where its rows show it, and what it says where they do not. */
export interface CheckedWords {
  readonly holds: boolean;
  readonly title: string;
  readonly alt: string;
  /** The quantities alone: title and description where the statement does not hold. */
  readonly otherwise: string;
}

/** The title and description that the rows allow. */
export function checkedTitle({ holds, title, alt, otherwise }: CheckedWords): {
  readonly title: string;
  readonly alt: string;
} {
  return holds ? { title, alt } : { title: otherwise, alt: `${otherwise}.` };
}

/** Mean accuracy of the rows that have these values; NaN where there are none. */
export function meanOf(rows: readonly RecordRow[], where: Where): number {
  const found = rowsWhere(rows, where);
  return found.length === 0 ? NaN : mean(found.map((row) => row.accuracy));
}

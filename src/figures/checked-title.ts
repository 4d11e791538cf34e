import { mean, rowsWhere, type FigureRecord, type RecordRow, type Where } from "../core/index.js";

/** What a figure says where its rows show it, and what it says where they do not. */
export interface CheckedWords {
  readonly holds: boolean;
  readonly title: string;
  readonly alt: string;
  /** The quantities alone: title and description where the statement does not hold. */
  readonly otherwise: string;
  /** The description where it does not hold, if it says more than the title. */
  readonly altOtherwise?: string;
}

/** The title and description that the rows allow. */
export function checkedTitle(words: CheckedWords): SaidTitle {
  const { holds, title, alt, otherwise, altOtherwise = `${otherwise}.` } = words;
  const said = holds ? { title, alt } : { title: otherwise, alt: altOtherwise };
  return { ...said, checked: { says: title, holds } };
}

/** What a figure says of itself, and what it was to say. */
export interface SaidTitle {
  readonly title: string;
  readonly alt: string;
  readonly checked: NonNullable<FigureRecord["checked"]>;
}

/** The record with what its rows show as its claim: pages and tables say what the figure says. */
export function withClaim<Extra>(
  record: FigureRecord<Extra>,
  { title, checked }: Omit<SaidTitle, "alt">,
): FigureRecord<Extra> {
  return { ...record, claim: title, checked };
}

/** Mean accuracy of the rows that have these values; NaN where there are none. */
export function meanOf(rows: readonly RecordRow[], where: Where): number {
  const found = rowsWhere(rows, where);
  return found.length === 0 ? NaN : mean(found.map((row) => row.accuracy));
}

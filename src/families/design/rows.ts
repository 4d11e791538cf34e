/** Rows of a design matrix that are mostly 0: entries `start[n]` to `start[n + 1] - 1` are those of row n. */
export interface Rows {
  /** Columns. */
  readonly width: number;
  /** Shape [N + 1]. */
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/** Builds rows one after the other. */
export class RowsBuilder {
  readonly #start = [0];
  readonly #column: number[] = [];
  readonly #value: number[] = [];

  add(column: number, value: number): void {
    this.#column.push(column);
    this.#value.push(value);
  }

  endRow(): void {
    this.#start.push(this.#column.length);
  }

  rows(width: number): Rows {
    return {
      width,
      start: Int32Array.from(this.#start),
      column: Int32Array.from(this.#column),
      value: Float64Array.from(this.#value),
    };
  }
}

/** The rows named, in that order. */
export function pickRows(rows: Rows, which: Int32Array): Rows {
  const builder = new RowsBuilder();
  for (const row of which) {
    for (let e = rows.start[row]; e < rows.start[row + 1]; e++) builder.add(rows.column[e], rows.value[e]);
    builder.endRow();
  }
  return builder.rows(rows.width);
}

/** <row n, x>, where x begins at `from`. */
export function dot(rows: Rows, n: number, x: ArrayLike<number>, from: number): number {
  let sum = 0;
  for (let e = rows.start[n]; e < rows.start[n + 1]; e++) sum += rows.value[e] * x[from + rows.column[e]];
  return sum;
}

/** Whether each row has one entry at most: then columns do not meet in any row. */
export function isDiagonal({ start }: Rows): boolean {
  for (let n = 1; n < start.length; n++) if (start[n] - start[n - 1] > 1) return false;
  return true;
}

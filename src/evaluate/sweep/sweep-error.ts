/** A sweep could not be finished; what is finished is kept. */
export class SweepError extends Error {
  override readonly name = "SweepError";
  /** Runs that are finished and kept, of `total`. */
  readonly finished: number;
  readonly total: number;

  constructor(
    message: string,
    counts: { readonly finished: number; readonly total: number },
    cause?: unknown,
  ) {
    super(message, { cause });
    this.finished = counts.finished;
    this.total = counts.total;
  }
}

/** What "collapse" asks of the worker. */
export interface CollapseCalls {
  /** VPL trained with so many answers a user and this weight of the divergence, as in the committed record. */
  "collapse/cell": {
    readonly ask: { readonly answers: number; readonly klWeight: number; readonly seed: number };
    readonly answer: CollapseCell;
  };
}

/** What became of a user's state. */
export interface CollapseCell {
  readonly answers: number;
  readonly klWeight: number;
  readonly seed: number;
  /** Coordinates of z that answers move. */
  readonly activeUnits: number;
  /** Accuracy for new users, 0-1. */
  readonly accuracy: number;
}

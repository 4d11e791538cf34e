/** What "your own data" asks of the worker: nothing leaves the machine. */
export interface OwnDataCalls {
  /** A file's bytes, to what it is and who differs in it. */
  "own-data/report": {
    readonly ask: { readonly name: string; readonly bytes: Uint8Array };
    readonly answer: OwnDataReport;
  };
}

/** What was found in a file. */
export interface OwnDataReport {
  /** Lines in words of what was read. */
  readonly summary: readonly string[];
  /** The page of the exploration, a whole document. */
  readonly page: string;
}

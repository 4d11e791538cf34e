/** What "your own data" asks of the worker: nothing leaves the machine. */
export interface OwnDataCalls {
  /** One table, a table of comparisons with its items and contexts, or the files of a Polis export: to what it is and who differs in it. */
  "own-data/report": {
    readonly ask: { readonly files: readonly OwnFile[] };
    readonly answer: OwnDataReport;
  };
}

/** A file's name and bytes. */
export interface OwnFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What was found in a file. */
export interface OwnDataReport {
  /** The name of what was read. */
  readonly name: string;
  /** What was read, in lines of words. */
  readonly summary: string;
  /** Which part of the data was looked at; absent where it is all. */
  readonly sample?: string;
  /** Question and answer, in words. */
  readonly findings: readonly { readonly question: string; readonly answer: string }[];
  /** The page of the exploration, a whole document without a script; its figures are to be drawn into it. */
  readonly page: string;
  readonly figures: readonly OwnFigure[];
  /** Everything that was found, as JSON. */
  readonly json: string;
}

/** A figure of the page: drawn into the element of this id. */
export interface OwnFigure {
  readonly id: string;
  /** The picture in words. */
  readonly alt: string;
  /** Data and layout for Plotly, as JSON. */
  readonly specification: string;
}

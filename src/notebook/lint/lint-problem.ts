/** What `lint` looks for, by name, with what each rule asks for. */
export const LINT_RULES = {
  counts: "execution counts are 1, 2, 3 … from top to bottom, or there are none",
  ids: "every cell has an id of its own",
  title: "the first cell is prose and begins with one title (# …)",
  question: "the prose before the first code asks a question",
  parameters: 'one cell is tagged "parameters", and only imports come before it',
  "cell-length": "a code cell has at most 25 lines",
  "error-output": "no saved cell ended with an error, unless it is tagged to raise one",
  size: "the notebook's file is smaller than 1 MB",
  "absolute-path": "no path of one machine in code or outputs",
  imports: "packages are imported by name, never by a path, and pal-lab's names from where they are",
  "random-and-clock": "results depend neither on Math.random nor on the clock",
  "floating-promise": "promises are awaited",
  shorthand: "no { name } for what an earlier cell declares: tslab loses it",
  "stale-variable": "no let that functions of earlier cells use is changed: tslab gives them a copy",
  "renamed-destructuring":
    "no { name: other } of an object that an earlier cell declares: tslab cannot compile it",
  "for-await": "a cell with for await at its top has another await there: tslab needs one",
  "lesson-cell": "in a lesson: a code cell has at most 12 lines of 140 characters, unless it is data alone",
  "lesson-figure": "in a lesson: a figure takes at most 3 lines, and lab.figure writes its record",
  "lesson-exercise":
    "in a lesson: an exercise that lab.exercise checks, and a folded solution that it finds right",
  "lesson-size": "in a lesson: the notebook's file has at most 300 kB",
  types: "the cells together pass TypeScript's strict checks",
} as const;

/** Name of a rule of {@link LINT_RULES}. */
export type LintRule = keyof typeof LINT_RULES;

/** One thing that `lint` found. */
export interface LintProblem {
  readonly rule: LintRule;
  /** Index among all cells, from 0; undefined when it is about the whole notebook. */
  readonly cellIndex?: number;
  /** Number among the code cells that are not empty, from 1; undefined for prose. */
  readonly cellNumber?: number;
  /** Line of the cell's source, from 1. */
  readonly line?: number;
  readonly message: string;
}

/** A code cell with something in it. */
export interface LintedCell {
  readonly cellIndex: number;
  readonly cellNumber: number;
  readonly source: string;
  readonly tags: readonly string[];
}

/** A problem in a cell. */
export function cellProblem(
  cell: Pick<LintedCell, "cellIndex" | "cellNumber">,
  rule: LintRule,
  message: string,
  line?: number,
): LintProblem {
  const { cellIndex, cellNumber } = cell;
  return { rule, cellIndex, cellNumber, message, ...(line === undefined ? {} : { line }) };
}

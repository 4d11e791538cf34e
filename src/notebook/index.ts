export { runNotebook } from "./run/run-notebook.js";
export { runNotebooks } from "./run/run-notebooks.js";
export type { NotebooksOptions, NotebooksResult } from "./run/run-notebooks.js";
export type { CellEvent, NotebookOptions, RunOptions } from "./run/notebook-options.js";
export { exitCodeOf } from "./run/notebook-result.js";
export type { CellPlace, NotebookFailure, NotebookResult, NotebookStatus } from "./run/notebook-result.js";
export type { CellError } from "./run/cell-error.js";
export { createReporter } from "./run/console-reporter.js";
export type { NotebookReporter } from "./run/console-reporter.js";
export { formatFailure } from "./run/format-failure.js";
export {
  notebookLanguage,
  readNotebook,
  strippedText,
  writeNotebook,
  writeNotebookText,
} from "./source/notebook-file.js";
export type { NotebookLanguage } from "./source/notebook-file.js";
export { hasTag, headingAbove, joinText, notebookText, parseNotebook, splitText } from "../formats/index.js";
export type {
  Cell,
  CellMetadata,
  CellOutput,
  CodeCell,
  DisplayOutput,
  ErrorOutput,
  MultilineText,
  Notebook,
  StreamOutput,
  TextCell,
} from "../formats/index.js";
export {
  injectParameters,
  notebookParameters,
  ParameterError,
  parseParameters,
} from "./source/parameters.js";
export type { Parameter } from "./source/parameters.js";
export { formatProblem, lintNotebook } from "./lint/lint-notebook.js";
export type { LintOptions } from "./lint/lint-notebook.js";
export type { Library } from "./lint/cell-program.js";
export { LINT_RULES } from "./lint/lint-problem.js";
export type { LintProblem, LintRule } from "./lint/lint-problem.js";
export { checkNotebooks, compareRun, DEFAULT_TOLERANCE } from "./compare/check-notebooks.js";
export type { CheckOptions, NotebookCheck } from "./compare/check-notebooks.js";
export { sameLine } from "./compare/same-line.js";
export type { CellDifference } from "./compare/compare-cells.js";
export { unifiedDiff } from "./compare/unified-diff.js";
export type { LinesPair } from "./compare/unified-diff.js";
export { diffNotebooks } from "./compare/diff-notebooks.js";
export type { NotebookChange } from "./compare/diff-notebooks.js";
export { stripNotebookText } from "./source/strip-text.js";
export { stripNotebook } from "./source/strip-notebook.js";
export type { StripOptions } from "./source/strip-notebook.js";

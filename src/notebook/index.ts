export { runNotebook } from "./run-notebook.js";
export { runNotebooks } from "./run-notebooks.js";
export type { NotebooksOptions, NotebooksResult } from "./run-notebooks.js";
export type { CellEvent, NotebookOptions, RunOptions } from "./notebook-options.js";
export { exitCodeOf } from "./notebook-result.js";
export type { CellPlace, NotebookFailure, NotebookResult, NotebookStatus } from "./notebook-result.js";
export type { CellError } from "./cell-error.js";
export { createReporter } from "./console-reporter.js";
export type { NotebookReporter } from "./console-reporter.js";
export { formatFailure } from "./format-failure.js";
export {
  notebookLanguage,
  notebookText,
  parseNotebook,
  readNotebook,
  writeNotebook,
} from "./notebook-file.js";
export type { NotebookLanguage } from "./notebook-file.js";
export { hasTag, headingAbove, joinText, splitText } from "./notebook-format.js";
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
} from "./notebook-format.js";
export { injectParameters, notebookParameters, ParameterError, parseParameters } from "./parameters.js";
export type { Parameter } from "./parameters.js";
export { formatProblem, lintNotebook } from "./lint/lint-notebook.js";
export type { LintOptions } from "./lint/lint-notebook.js";
export type { Library } from "./lint/cell-program.js";
export { LINT_RULES } from "./lint/lint-problem.js";
export type { LintProblem, LintRule } from "./lint/lint-problem.js";
export { checkNotebooks, compareRun, DEFAULT_TOLERANCE } from "./check-notebooks.js";
export type { CheckOptions, NotebookCheck } from "./check-notebooks.js";
export { sameLine } from "./compare/same-line.js";
export type { CellDifference } from "./compare/compare-cells.js";
export { unifiedDiff } from "./compare/unified-diff.js";
export type { LinesPair } from "./compare/unified-diff.js";
export { diffNotebooks } from "./compare/diff-notebooks.js";
export type { NotebookChange } from "./compare/diff-notebooks.js";
export { stripNotebook } from "./strip-notebook.js";
export type { StripOptions } from "./strip-notebook.js";

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

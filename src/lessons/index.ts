export { notebook } from "./notebook.js";
export type { Lab, NotebookSettings } from "./notebook.js";
export type { DataUsed, LessonResult, SweepPart } from "./lesson-record.js";
export { KNOWN_FIGURES } from "./known-figures.js";
export type { DrawFigure } from "./known-figures.js";
export type { ExerciseCheck } from "./exercise-check.js";
export type { CellValue } from "./cell-text.js";
export type { TableColumns, TableOptions, TableRows } from "./table.js";

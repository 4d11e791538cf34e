/** What needs Node: files, drawing, sweeps. */
export { loadComparisons, loadPersona, loadPolis, loadVotes, showProgress } from "../../data/files/index.js";
export { sweep } from "../../evaluate/sweep/index.js";
export { saveFigure, show } from "../../figures/render/index.js";
export { notebook } from "../../lessons/index.js";
export type {
  CellValue,
  DataUsed,
  DrawFigure,
  ExerciseCheck,
  Lab,
  LessonResult,
  NotebookSettings,
  SweepPart,
  TableColumns,
  TableOptions,
  TableRows,
} from "../../lessons/index.js";
export * as data from "./data.js";
export * as figures from "./figures.js";
export * as study from "./study.js";

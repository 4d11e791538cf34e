/** What a run leaves behind for people to read: `index.html`, `report.json`, a page for each notebook. */
export { writeReport } from "./write-report.js";
export type { ReportInput, ReportNotebook, WrittenReport } from "./write-report.js";
export { notebookPage } from "./notebook-page.js";
export { exploreFigures, plainAnswers, writeExploration } from "./explore/index.js";
export type { PlainAnswer, WrittenExploration } from "./explore/index.js";
export { readRecord, readSpecification } from "./read-record.js";
export { writeComparison } from "./compare/index.js";
export type { WrittenComparison } from "./compare/index.js";
export { takeaway } from "./words/index.js";

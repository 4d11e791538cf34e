/** What a run leaves behind for people to read: `index.html`, `report.json`, a page for each notebook. */
export { writeReport } from "./write-report.js";
export type { ReportInput, ReportNotebook, WrittenReport } from "./write-report.js";
export { notebookPage } from "./notebook-page.js";
export { exploreFigures } from "./explore/index.js";
export { writeExploration } from "./write-exploration.js";
export type { WrittenExploration } from "./write-exploration.js";
export { readRecord, readSpecification } from "./read-record.js";
export { writeComparison } from "./compare/index.js";
export type { WrittenComparison } from "./compare/index.js";
export { plainAnswers, takeaway } from "./words/index.js";
export type { PlainAnswer } from "./words/index.js";

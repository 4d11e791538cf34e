export { writeExploration } from "./write-exploration.js";
export type { WrittenExploration } from "./write-exploration.js";
export { exploreFigures } from "./explore-figures.js";
export { plainAnswers } from "../words/index.js";
export type { PlainAnswer } from "../words/index.js";

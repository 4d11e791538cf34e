export { writeExploration } from "./write-exploration.js";
export type { WrittenExploration } from "./write-exploration.js";
export { exploreFigures } from "./explore-figures.js";
export { plainAnswers } from "./explore-words.js";
export type { PlainAnswer } from "./explore-words.js";

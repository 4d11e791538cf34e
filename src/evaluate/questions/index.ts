export { CRITERIA } from "./criteria.js";
export type { Criterion } from "./criteria.js";
export { isEnough, nextQuestion } from "./next-question.js";
export type { EnoughOptions, NextQuestion, QuestionOptions } from "./next-question.js";

export * from "./explore-words.js";
export * from "./opening-words.js";
export * from "./short-forms.js";
export * from "./compare-words.js";
export * from "./taste-words.js";

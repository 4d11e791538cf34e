export * from "./explore-words.js";

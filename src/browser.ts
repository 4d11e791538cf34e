/** The part of pal-lab that runs in a browser (in a worker: training computes without a break). */
export * from "./core/index.js";
export * from "./data/index.js";
export * from "./families/index.js";
export * from "./engine/index.js";
export * from "./train/index.js";
export * from "./project/index.js";
export * from "./figures/index.js";
export {
  accuracyOf,
  accuracySeen,
  accuracyUnseen,
  blindCeiling,
  CHANCE,
  oracleCeiling,
} from "./evaluate/index.js";

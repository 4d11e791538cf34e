export { adapt } from "./adapt.js";
export type { Adaptation, AdaptOptions } from "./adapt.js";
export { isLinearInWeights } from "./exact.js";
export { PAPER_RECIPE } from "./gradient.js";
export { weightPosterior } from "./posterior.js";
export type { PosteriorOptions, WeightPosterior } from "./posterior.js";

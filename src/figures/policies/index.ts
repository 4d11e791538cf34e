export { beliefOrTaste, believedCosine } from "./belief-figures.js";
export { believedGarden } from "./believed-garden.js";
export type { GardenCells } from "./believed-garden.js";
export { aggregationCosts, beliefShares, imitationLikelihood, mixedPolicies } from "./policy-figures.js";

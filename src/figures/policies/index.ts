export { aggregationCosts, beliefShares, imitationLikelihood, mixedPolicies } from "./policy-figures.js";

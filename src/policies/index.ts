export { greedyPolicy, successRate } from "./tabular-policy.js";

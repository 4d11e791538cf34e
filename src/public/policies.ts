/** What to do, where rewards are known: policies of a table of moves. */
export { greedyPolicy, successRate } from "../policies/index.js";

export { treePlanes } from "./tree-planes.js";
export { treePrototypes, treeReturns } from "./tree-figures.js";

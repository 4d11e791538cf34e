export { writeComparison } from "./write-comparison.js";
export type { WrittenComparison } from "./write-comparison.js";

export { breakfastMap } from "./breakfast-map.js";
export { breakfastNewOccasion } from "./new-occasion.js";

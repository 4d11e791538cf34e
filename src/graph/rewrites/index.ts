export { differenceOfLayers, type Alternative } from "./difference-of-layers.js";
export { quadraticForm } from "./quadratic-form.js";

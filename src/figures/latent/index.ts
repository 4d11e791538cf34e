export { vplActive } from "./vpl-active.js";
export { vplCalibration } from "./vpl-calibration.js";
export { vplCollapse } from "./vpl-collapse.js";
export { vplContextSize } from "./vpl-context-size.js";
export { vplDidactic } from "./vpl-didactic.js";
export type { DidacticTruth } from "./vpl-didactic.js";
export { vplLabelNoise } from "./vpl-label-noise.js";

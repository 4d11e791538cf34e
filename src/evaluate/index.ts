export { accuracyOf, accuracySeen, accuracyUnseen } from "./accuracy.js";
export type { Accuracy } from "./accuracy.js";
export { blindCeiling, CHANCE, oracleCeiling } from "./ceilings.js";
export { alignToTruth } from "./recovery.js";
export type { AlignedModel } from "./recovery.js";
export * from "./heterogeneity/index.js";
export * from "./explore/index.js";
export { methodContext } from "./methods/index.js";
export type { Kind, MethodContext, MethodId, MethodJob, Sureness } from "./methods/index.js";

/** How good a fitted model is: accuracies, known ceilings, recovery of a simulated truth. */
export {
  accuracyAsReleased,
  accuracyOf,
  accuracySeen,
  accuracyUnseen,
  alignToTruth,
  blindCeiling,
  CHANCE,
  oracleCeiling,
} from "../evaluate/index.js";
export type { Accuracy, AlignedModel } from "../evaluate/index.js";
export { personaBlindCeiling } from "../data/index.js";

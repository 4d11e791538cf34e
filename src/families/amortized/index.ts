// What families share whose users a network finds from their answers.
export { attend, attentionParameters, meanOfCopies } from "./attention.js";
export { decode, decodedReward, decoderParameters } from "./decoder.js";
export type { Decoder } from "./decoder.js";
export {
  deepen,
  deeperParameters,
  layerParameters,
  tableParameters,
  TABLES,
  vectorSizes,
  vectorsOf,
} from "./layers.js";
export { paidAbove } from "./free-nats.js";
export { remembered, sampledKl } from "./flowed.js";
export type { Flowed } from "./flowed.js";
export { risen, SCHEDULES } from "./schedule.js";
export { warningsOf } from "./warnings.js";

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
export { warmth } from "./warmth.js";

export { elementary } from "./math";
export { product } from "./product";
export { productLarge } from "./product-large";
// exported so that they stay functions of their own
export { tile4, tile4On, tile5, tile5On } from "./tiles";
export { addColumns, distinct, gatherRows, scatterAddRows, shuffle, take } from "./rows";
export { activate, activateBackward, activateWithBias, addBias, dropout, finishRows } from "./activation";
export { mixRows, mixRowsBackward, softmaxBackward, softmaxRows } from "./weights";
export { cosineBackward, cosineScore, distanceBackward, distanceScore, innerBackward, innerScore } from "./score";
export { addDifferences, differences, differencesAndSums, rowDots, rowDotsBackward, sumsBackward } from "./pairs";
export { lossWithGradient, penaltyWithGradient } from "./loss";
export { gaussianBackward, gaussianScore, orderBackward, orderScore } from "./utilities";
export {
  columns, columnsBackward, gaussianKl, gaussianKlBackward, gaussianSample, gaussianSampleBackward, segmentMean, segmentMeanBackward, subtract,
} from "./gaussian";
export { attention, attentionBackward, multiply, rowCosines, rowCosinesBackward, scale } from "./attention";
export { attendTo, attendToBackward, layerNorm, layerNormBackward, pack, packBackward } from "./transformer";
export { adam } from "./adam";
export { placeOnSimplex } from "./simplex";
export function zero(address: usize, bytes: usize): void {
  memory.fill(address, 0, bytes);
}
/** The first address that the kernels do not use themselves. */
export function heapBase(): usize {
  return __heap_base;
}

export { DataError, ExitCode, InputError, InterruptedError, messageOf } from "./errors.js";
export type { DataLocation } from "./errors.js";
export {
  checkFinite,
  checkInteger,
  checkKeys,
  checkNumber,
  checkOneOf,
  list,
  nearestOf,
  show,
} from "./check.js";
export type { Range } from "./check.js";
export {
  checkArray,
  checkBytes,
  checkFunction,
  checkNumbers,
  checkObject,
  checkRows,
  checkText,
} from "./check-shapes.js";
export { counterNormals } from "./counter-normals.js";
export { RandomStream, randomStream } from "./random.js";
export { bootstrapInterval, mean, nullPValue, quantile, standardDeviation, tInterval } from "./statistics.js";
export type { Interval } from "./statistics.js";
export { cholesky, solveSymmetric } from "./solve-symmetric.js";
export { exp, log, logSigmoid } from "./elementary.js";
export { stableJson } from "./json.js";
export type { Json } from "./json.js";
export { sha256 } from "./hash.js";
export { createProgress, duration, silent } from "./progress.js";
export type { Progress, ProgressSink } from "./progress.js";
export { checkIsRecord, figureRecord } from "./record.js";
export { rowsWhere, valuesIn } from "./record-rows.js";
export { matrixLevels, matrixRegrets, NEAR_THE_BEST, regrets } from "./regrets.js";
export type { MatrixLevel, Regret, RegretOf } from "./regrets.js";
export type { Where } from "./record-rows.js";
export type { DataReference, FigureRecord, Profile, RecordInput, RecordRow } from "./record.js";
export { VERSION } from "./version.js";

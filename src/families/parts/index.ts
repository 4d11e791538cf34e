export { architecture, layerName, parseArchitecture, projectorOf } from "./architecture.js";
export type { Projector } from "./architecture.js";
export { encode, encodingParameters, project } from "./encode.js";
export type { Encoding } from "./encode.js";
export { NAMES } from "./names.js";
export { rewardSpace } from "./reward-space.js";
export { dataSizes, latentSize } from "./sizes.js";
export { contextMap, directionSpace, vectors } from "./directions.js";

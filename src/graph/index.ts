export { capacityOf, fixed } from "./buffer.js";
export type { Buffer, Extent, Place, Rows } from "./buffer.js";
export { compile } from "./compile.js";
export type { Beside, Program, Target } from "./compile.js";
export { INSTRUCTIONS } from "./instructions.js";
export type { Instruction, InstructionName } from "./instructions.js";
export { listing } from "./listing.js";
export type { Node, RawPairs } from "./node.js";
export { ACTIVATIONS, CURVES, SPREADS } from "./ops.js";
export type {
  Activation,
  Curve,
  EvidenceInputs,
  Ops,
  PairInputs,
  ParameterInputs,
  Places,
  Sides,
  Spread,
  Vectors,
} from "./ops.js";
export { lifetimes, placeBuffers } from "./placement.js";
export type { Placement } from "./placement.js";
export { planScores } from "./plan.js";
export type { Plan } from "./plan.js";
export { source } from "./primitives/index.js";
export { Trace } from "./trace.js";

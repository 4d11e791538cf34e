import { InputError, list, type RandomStream } from "../core/index.js";
import type { LearningRate, Parameters, ParameterSpec } from "../families/index.js";
import type { LearningRates } from "./engine.js";

/** Every parameter as its specification says, each from a stream of its own name, or from `initial`. @throws InputError for a wrong length */
export function startValues(
  specs: readonly ParameterSpec[],
  rng: RandomStream,
  initial?: Parameters,
): Parameters {
  return new Map(
    specs.map((spec) => {
      const given = initial?.get(spec.name);
      if (given !== undefined) checkLength(spec, given);
      return [spec.name, given ?? draw(spec, rng.split(spec.name))];
    }),
  );
}

/** The values of a parameter. @throws InputError naming one that is missing or has another shape */
export function valueOf(spec: ParameterSpec, parameters: Parameters): Float32Array {
  const given = parameters.get(spec.name);
  if (given === undefined)
    throw new InputError(`parameter ${spec.name} is missing; given are ${list([...parameters.keys()])}`);
  checkLength(spec, given);
  return given;
}

/** How many numbers a parameter has. */
export function sizeOf({ shape }: Pick<ParameterSpec, "shape">): number {
  return shape.reduce((product, side) => product * side, 1);
}

function checkLength(spec: ParameterSpec, given: Float32Array): void {
  const count = sizeOf(spec);
  if (given.length === count) return;
  throw new InputError(
    `parameter ${spec.name} must have shape [${spec.shape.join(", ")}] = ${count} numbers, got ${given.length}`,
  );
}

function draw(spec: ParameterSpec, rng: RandomStream): Float32Array {
  const { init } = spec;
  const count = sizeOf(spec);
  if (init.kind === "normal") return rng.normals(count, init.deviation);
  if (init.kind === "constant") return new Float32Array(count).fill(init.value);
  return Float32Array.from({ length: count }, () => (2 * rng.uniform() - 1) * init.bound);
}

/** @throws InputError for a group that has no step size */
export function rateOf(group: string, learningRates: LearningRates): LearningRate {
  const found = (learningRates as { readonly [group: string]: LearningRate | undefined })[group];
  if (found === undefined)
    throw new InputError(
      `learningRates: the group ${group} has none; there are ${list(Object.keys(learningRates))}`,
    );
  return found;
}

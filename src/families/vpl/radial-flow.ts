import type { Ops, ParameterInputs } from "../../graph/index.js";
import type { Flowed } from "../amortized/index.js";
import type { ParameterSpec } from "../parameters.js";

/** Added to a squared distance, so that its root has a gradient at 0. */
const TINY = 1e-12;

/**
 * z after radial steps, z -> z + b h (z - c) with h = 1 / (a + |z - c|), a = e^alpha and b = ln(1 + e^beta) - a, which is above -a, so that each step can be
 * undone; the determinants are (1 + b h)^(d - 1) (1 + b h - b h² |z - c|).
 * @source Rezende and Mohamed 2015, arXiv 1505.05770; the parameters as in the authors' code of VPL
 */
export function radialFlow<T, I>(
  ops: Ops<T, I>,
  p: ParameterInputs<T>,
  { z: start, steps, d }: { readonly z: T; readonly steps: number; readonly d: number },
): Required<Flowed<T>> {
  let flowed = radialStep(ops, p, { z: start, index: 0, d });
  for (let index = 1; index < steps; index++) {
    const { z, logDeterminant } = radialStep(ops, p, { z: flowed.z, index, d });
    flowed = { z, logDeterminant: ops.add(flowed.logDeterminant, logDeterminant) };
  }
  return flowed;
}

function radialStep<T, I>(
  ops: Ops<T, I>,
  p: ParameterInputs<T>,
  { z, index, d }: { readonly z: T; readonly index: number; readonly d: number },
): Required<Flowed<T>> {
  const curve = (x: T, activation: "exp" | "log"): T => ops.hidden(x, { activation, dropout: 0 });
  const plus = (x: T, value: number): T => ops.bias(x, ops.constant(1, 1, Float32Array.of(value)));
  const a = curve(p.get(`Flow.${index}.a`), "exp");
  const b = ops.subtract(curve(plus(curve(p.get(`Flow.${index}.b`), "exp"), 1), "log"), a);
  const ones = new Float32Array(d).fill(1);
  const away = ops.bias(z, ops.scale(p.get(`Flow.${index}.c`), -1));
  const square = plus(ops.matmul(ops.multiply(away, away), ops.constant(d, 1, ones)), TINY);
  const r = curve(ops.scale(curve(square, "log"), 0.5), "exp");
  const h = curve(ops.scale(curve(ops.bias(r, a), "log"), -1), "exp");
  const bh = ops.matmul(h, b);
  const across = plus(bh, 1);
  const along = ops.subtract(across, ops.multiply(ops.multiply(bh, h), r));
  return {
    z: ops.add(z, ops.multiply(ops.matmul(bh, ops.constant(1, d, ones)), away)),
    logDeterminant: ops.add(ops.scale(curve(across, "log"), d - 1), curve(along, "log")),
  };
}

/** Steps that change nothing at first, b = 0, around points of N(0, I). */
export function flowParameters(steps: number, d: number): ParameterSpec[] {
  const group = "projector";
  return Array.from({ length: steps }, (_, index): ParameterSpec[] => [
    { name: `Flow.${index}.a`, shape: [1], group, init: { kind: "constant", value: 0 } },
    { name: `Flow.${index}.b`, shape: [1], group, init: { kind: "constant", value: Math.log(Math.E - 1) } },
    { name: `Flow.${index}.c`, shape: [d], group, init: { kind: "normal", deviation: 1 } },
  ]).flat();
}

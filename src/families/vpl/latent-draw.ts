import type { Ops } from "../../graph/index.js";
import { remembered, type Flowed } from "../amortized/index.js";
import type { ScoreInputs } from "../family.js";
import type { VplSettings } from "./options.js";
import { radialFlow } from "./radial-flow.js";

/** Added to a squared length, so that nothing is divided by 0. */
const TINY = 1e-12;

/** What users are judged by: z drawn from q, or its mean where nothing is drawn, behind the flow and brought to its length. */
export const drawn = remembered(draw);

function draw<T, I>(inputs: ScoreInputs<T, I>, given: VplSettings): Flowed<T> {
  const { ops, p, noise } = inputs;
  const { latentDimension: d, flow, flowSteps: steps } = given;
  const posterior = inputs.state();
  const z = noise === undefined ? ops.columns(posterior, 0, d) : ops.gaussianSample(posterior, noise);
  if (flow !== "none") return radialFlow(ops, p, { z, steps, d });
  const isFixed =
    given.latentLength === "fixed" || (given.latentLength === "released" && noise !== undefined);
  return { z: isFixed ? broughtToLength(ops, z, d) : z };
}

/** Each row times sqrt(d) over its length. */
function broughtToLength<T, I>(ops: Ops<T, I>, z: T, d: number): T {
  const ones = new Float32Array(d).fill(1);
  const curve = (x: T, activation: "exp" | "log"): T => ops.hidden(x, { activation, dropout: 0 });
  const mean = ops.matmul(
    ops.multiply(z, z),
    ops.constant(
      d,
      1,
      ones.map(() => 1 / d),
    ),
  );
  const square = ops.bias(mean, ops.constant(1, 1, Float32Array.of(TINY)));
  const inverse = curve(ops.scale(curve(square, "log"), -0.5), "exp");
  return ops.multiply(z, ops.matmul(inverse, ops.constant(1, d, ones)));
}

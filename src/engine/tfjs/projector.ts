import type { RandomStream } from "../../core/index.js";
import { layerName, type Activation, type Projector } from "../../model/index.js";
import { matrix, type Pass } from "./pass.js";
import type { Tensor2D, TensorFlow } from "./tensorflow.js";

/** x [n, input] through a projector, shape [n, output]; weights are [output, input] as in the authors' code. */
export function project(pass: Pass, map: { prefix: string; projector: Projector }, x: Tensor2D): Tensor2D {
  const { tf, dropout } = pass;
  const { hiddenLayers, activation, bias, residual } = map.projector;
  let h = x;
  for (let layer = 0; layer <= hiddenLayers; layer++) {
    const name = layerName(map.prefix, layer);
    h = tf.matMul(h, matrix(pass, `${name}.weight`), false, true);
    if (bias) h = tf.add(h, matrix(pass, `${name}.bias`));
    if (layer === hiddenLayers) break;
    if (dropout !== undefined && map.projector.dropout > 0) h = drop(tf, h, map.projector.dropout, dropout);
    h = activate(tf, activation, h);
  }
  return residual ? tf.add(h, x) : h;
}

function activate(tf: TensorFlow, activation: Activation, x: Tensor2D): Tensor2D {
  if (activation === "linear") return x;
  if (activation === "relu") return tf.relu(x);
  // exact gelu: x times the normal distribution function
  return tf.mul(x, tf.mul(0.5, tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))));
}

/** Zeros entries with probability p and scales the others so that the mean stays. */
function drop(tf: TensorFlow, x: Tensor2D, p: number, rng: RandomStream): Tensor2D {
  const mask = Float32Array.from({ length: x.size }, () => (rng.uniform() < p ? 0 : 1 / (1 - p)));
  return tf.mul(x, tf.tensor2d(mask, x.shape));
}

import type { Ops } from "../../graph/index.js";

/** A divergence [n, 1] as it is, whose gradient is 0 where it is at most `freeNats`. */
export function paidAbove<T, I>(ops: Ops<T, I>, divergence: T, freeNats: number): T {
  const over = ops.hidden(ops.bias(divergence, ops.constant(1, 1, Float32Array.of(-freeNats))), {
    ...{ activation: "relu", dropout: 0 },
  });
  // the value of the divergence, with the gradient of what is over
  return ops.add(over, ops.detach(ops.subtract(divergence, over)));
}

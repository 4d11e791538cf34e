// Losses with their gradients, in one pass over the scores of a batch.
import { exp4, log1p4, sum4 } from "./math";

/**
 * Mean loss of a batch; dScore[b] becomes its gradient. label is -1 or +1 (float), weight one float a row, `inverseTotal` = 1 / sum of weights.
 * kind 0: hinge max(0, margin - y·s); kind 1: logistic ln(1 + e^(-y·s)). Buffers are padded to four floats; padded weights are 0.
 */
export function lossWithGradient(
  kind: i32, count: i32, score: usize, label: usize, weight: usize, margin: f32, inverseTotal: f32, dScore: usize,
): f64 {
  const zero = f32x4.splat(0), one = f32x4.splat(1);
  const scale = f32x4.splat(inverseTotal);
  let total: f64 = 0;
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const y = v128.load(label + i);
    const w = f32x4.mul(v128.load(weight + i), scale);
    const agreement = f32x4.mul(y, v128.load(score + i));
    let loss: v128, slope: v128;
    if (kind == 0) {
      const gap = f32x4.sub(f32x4.splat(margin), agreement);
      loss = f32x4.max(gap, zero);
      slope = v128.and(one, f32x4.gt(gap, zero));
    } else {
      // with e = e^(-|a|): ln(1 + e^(-a)) = max(-a, 0) + ln(1 + e); the slope is e^(-a) / (1 + e^(-a))
      const e = exp4(f32x4.neg(f32x4.abs(agreement)));
      loss = f32x4.add(f32x4.max(f32x4.neg(agreement), zero), log1p4(e));
      const positive = f32x4.gt(agreement, zero);
      slope = f32x4.div(v128.bitselect(e, one, positive), f32x4.add(one, e));
    }
    total += sum4(f32x4.mul(w, loss));
    v128.store(dScore + i, f32x4.neg(f32x4.mul(f32x4.mul(w, y), slope)));
  }
  return total;
}

/** The mean of penalties, a weight a row; dPenalty[b] becomes its gradient. `inverseTotal` = 1 / sum of weights. */
export function penaltyWithGradient(count: i32, penalty: usize, weight: usize, inverseTotal: f32, dPenalty: usize): f64 {
  let total: f64 = 0;
  for (let i: usize = 0; i < <usize>count << 2; i += 4) {
    const w = load<f32>(weight + i) * inverseTotal;
    total += w * load<f32>(penalty + i);
    store<f32>(dPenalty + i, w);
  }
  return total;
}

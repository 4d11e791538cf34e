import { checkOneOf, checkNumbers, checkObject, exp, InputError, log } from "../../core/index.js";
import { logSoftmax } from "../softmax.js";
import { pairLoss, type PairLogs, type PairLossOptions } from "./pair-loss.js";

/** A batch for {@link gdpoLoss}: B pairs, each with the belief that its chosen response expresses. */
export interface GdpoBatch {
  /** What the policy says before the belief is named, row-major [B, V]; the beliefs are its first K columns. */
  readonly logits: ArrayLike<number>;
  /** How the group's beliefs are distributed for each prompt, row-major [B, K]. */
  readonly target: ArrayLike<number>;
  /** ln pi(belief | prompt) of each chosen response, [B]. */
  readonly beliefs: ArrayLike<number>;
  /** ln pi(response | belief, prompt), and that of the reference, [B] each. */
  readonly pairs: PairLogs;
}

/** What {@link gdpoLoss} finds. */
export interface GdpoLoss {
  readonly total: number;
  readonly terms: { readonly calibration: number; readonly preference: number; readonly belief: number };
  /** Derivatives of the total by what the batch holds. */
  readonly gradients: {
    readonly logits: Float64Array;
    readonly beliefs: Float64Array;
    readonly chosen: Float64Array;
    readonly rejected: Float64Array;
  };
}

/**
 * The loss of group distributional preference optimisation: KL(group's beliefs || policy's beliefs), plus a loss of pairs given the belief (default DPO with
 * beta 0.1), minus ln pi of the named belief; means over the batch, added up without weights. The policy's beliefs are a part of a softmax over all V columns.
 * @source Yao et al. 2025 (GDPO), arXiv 2412.20299; the last term as in the authors' code
 * @throws InputError for a batch whose parts do not fit, or a target that is no distribution
 */
export function gdpoLoss(
  batch: GdpoBatch,
  options: PairLossOptions & { readonly loss?: "DPO" | "IPO" } = {},
): GdpoLoss {
  const { counts, columns, options: k } = checkBatch(batch);
  const { logits, target, beliefs, pairs } = batch;
  const { loss = "DPO", ...rest } = options;
  checkOneOf("gdpoLoss: loss", loss, ["DPO", "IPO"]);
  const preference = pairLoss(loss, pairs, rest);
  const all = Float64Array.from(logits);
  const gradient = new Float64Array(all.length);
  const total = counts.reduce((sum, value) => sum + value, 0);
  let calibration = 0;
  let belief = 0;
  counts.forEach((count, b) => {
    const weight = count / total;
    const logs = logSoftmax(all.subarray(b * columns, (b + 1) * columns));
    for (let j = 0; j < columns; j++) gradient[b * columns + j] = weight * exp(logs[j]);
    for (let j = 0; j < k; j++) {
      const share = target[b * k + j];
      if (share > 0) calibration += weight * share * (log(share) - logs[j]);
      gradient[b * columns + j] -= weight * share;
    }
    belief -= weight * beliefs[b];
  });
  return {
    total: calibration + preference.total + belief,
    terms: { calibration, preference: preference.total, belief },
    gradients: { logits: gradient, beliefs: counts.map((count) => -count / total), ...preference.gradients },
  };
}

function checkBatch(batch: GdpoBatch): { counts: Float64Array; columns: number; options: number } {
  const parts = ["logits", "target", "beliefs", "pairs"];
  checkObject("gdpoLoss: batch", batch, parts, `an object { ${parts.join(", ")} }`);
  const { logits, target, beliefs, pairs } = batch;
  for (const [name, values] of Object.entries({ logits, target, beliefs }))
    checkNumbers(`gdpoLoss: ${name}`, values);
  const size = pairs.chosen.length;
  const [columns, options] = [logits.length / size, target.length / size];
  if (
    !Number.isInteger(columns) ||
    !Number.isInteger(options) ||
    beliefs.length !== size ||
    options > columns
  )
    throw new InputError(
      `gdpoLoss: logits [B, V], target [B, K <= V] and beliefs [B] must be rows of ${size} pairs, got ${logits.length}, ${target.length} and ${beliefs.length} numbers`,
    );
  for (let b = 0; b < size; b++) {
    let sum = 0;
    for (let j = 0; j < options; j++) {
      if (!(target[b * options + j] >= 0)) sum = NaN;
      sum += target[b * options + j];
    }
    if (!(Math.abs(sum - 1) < 1e-6))
      throw new InputError(
        `gdpoLoss: target row ${b} must be shares >= 0 that add up to 1, got a sum of ${Number(sum.toPrecision(6))}`,
      );
  }
  return { counts: Float64Array.from(pairs.counts ?? new Float64Array(size).fill(1)), columns, options };
}

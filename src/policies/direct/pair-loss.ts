import {
  checkNumber,
  checkNumbers,
  checkObject,
  checkOneOf,
  exp,
  InputError,
  log,
} from "../../core/index.js";

/** Losses that turn pairs (chosen, rejected) into a policy without a reward between them. */
export const PAIR_LOSSES = ["DPO", "IPO", "LSIF", "UKL", "BCE"] as const;
/** The name of one of them. */
export type PairLossName = (typeof PAIR_LOSSES)[number];

/** Logarithms of the probabilities of a batch of pairs, [B] each: the policy's, and those of the reference that it starts from. */
export interface PairLogs {
  readonly chosen: ArrayLike<number>;
  readonly rejected: ArrayLike<number>;
  readonly referenceChosen: ArrayLike<number>;
  readonly referenceRejected: ArrayLike<number>;
  /** How often each pair counts, >= 0, default 1 each. */
  readonly counts?: ArrayLike<number>;
}

/** What a loss may be told. */
export interface PairLossOptions {
  /** Above 0, default 0.1: how much DPO and IPO hold to the reference; the others have no such number. */
  readonly beta?: number;
  /** Of DPO: the chance that a pair is the wrong way round, 0 to below 0.5, default 0 (conservative DPO above). */
  readonly flipped?: number;
  /** Of DPO and IPO: leaves the reference out, default false. */
  readonly referenceFree?: boolean;
}

/** A loss of a batch of pairs. */
export interface PairLoss {
  /** Mean over the batch. */
  readonly total: number;
  /** Of each pair, [B]. */
  readonly each: Float64Array;
  /** Derivatives of the total by the policy's logarithms, [B]. */
  readonly gradients: { readonly chosen: Float64Array; readonly rejected: Float64Array };
}

/**
 * A loss of pairs and its gradient, in u = ln pi - ln reference of chosen (w) and rejected (l):
 * DPO -ln sigma(beta (u_w - u_l)), which DIL calls CPC; IPO (u_w - u_l - 1 / (2 beta))²; and by the other estimates of the ratio of the chosen to the
 * reference LSIF -e^u_w + e^(2 u_l) / 2, UKL -ln pi(w) + e^u_l, BCE -ln sigma(u_w) - ln sigma(-u_l).
 * @source Rafailov et al. 2023 (DPO), Azar et al. 2023 (IPO), Xiao et al. 2025 (DIL), arXiv 2503.05079; UKL's chosen term without the reference, as in the
 * authors' code: the gradient is the same
 * @throws InputError for an unknown loss, logarithms of different lengths, or an option out of its range
 */
export function pairLoss(name: PairLossName, logs: PairLogs, options: PairLossOptions = {}): PairLoss {
  const slopeOf = formula(name, options);
  const counts = checkLogs(logs);
  const total = counts.reduce((sum, value) => sum + value, 0);
  const [each, chosen, rejected] = [0, 1, 2].map(() => new Float64Array(counts.length));
  counts.forEach((count, b) => {
    const [w, l] = [logs.chosen[b], logs.rejected[b]];
    const [value, byChosen, byRejected] = slopeOf(
      w - logs.referenceChosen[b],
      l - logs.referenceRejected[b],
      w,
      l,
    );
    each[b] = value;
    chosen[b] = (byChosen * count) / total;
    rejected[b] = (byRejected * count) / total;
  });
  const sum = each.reduce((all, value, b) => all + value * counts[b], 0);
  return { total: sum / total, each, gradients: { chosen, rejected } };
}

/** Value, and derivatives by u_w and u_l; ln pi of both stand behind. */
type Formula = (uw: number, ul: number, w: number, l: number) => readonly [number, number, number];

function formula(name: PairLossName, options: PairLossOptions): Formula {
  checkOneOf("pairLoss: loss", name, PAIR_LOSSES);
  checkObject("pairLoss: options", options, [], "an object such as { beta: 0.1 }");
  const { beta = 0.1, flipped = 0, referenceFree = false } = options;
  checkNumber("pairLoss: beta", beta, { above: 0 });
  checkNumber("pairLoss: flipped", flipped, { min: 0, below: 0.5 });
  const gap: Formula = (uw, ul, w, l) => {
    const difference = referenceFree ? w - l : uw - ul;
    if (name === "IPO") {
      const off = difference - 1 / (2 * beta);
      return [off ** 2, 2 * off, -2 * off];
    }
    const h = beta * difference;
    const slope = beta * (flipped * sigmoid(h) - (1 - flipped) * sigmoid(-h));
    return [-(1 - flipped) * logSigmoid(h) - flipped * logSigmoid(-h), slope, -slope];
  };
  switch (name) {
    case "LSIF":
      return (uw, ul) => [-exp(uw) + exp(2 * ul) / 2, -exp(uw), exp(2 * ul)];
    case "UKL":
      return (_, ul, w) => [-w + exp(ul), -1, exp(ul)];
    case "BCE":
      return (uw, ul) => [-logSigmoid(uw) - logSigmoid(-ul), -sigmoid(-uw), sigmoid(ul)];
    case "DPO":
    case "IPO":
      return gap;
  }
}

/** How often each pair counts. */
function checkLogs(logs: PairLogs): Float64Array {
  const parts = ["chosen", "rejected", "referenceChosen", "referenceRejected"] as const;
  checkObject("pairLoss: logs", logs, parts, `an object { ${parts.join(", ")} }`);
  const size = logs.chosen.length;
  const counts = logs.counts ?? new Float64Array(size).fill(1);
  for (const [part, values] of [
    ...parts.map((key) => [key, logs[key]] as const),
    ["counts", counts] as const,
  ]) {
    checkNumbers(`pairLoss: ${part}`, values);
    if (values.length !== size || size === 0)
      throw new InputError(
        `pairLoss: ${part} must have a number for each of ${size} pairs (at least 1), got ${values.length}`,
      );
  }
  return Float64Array.from(counts);
}

function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

function logSigmoid(x: number): number {
  return Math.min(x, 0) - log(1 + exp(-Math.abs(x)));
}

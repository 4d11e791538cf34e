import {
  checkKeys,
  checkNumber,
  checkNumbers,
  checkObject,
  checkOneOf,
  exp,
  InputError,
  logSigmoid,
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
  const into = formula(name, options);
  const counts = checkLogs(logs);
  const total = counts.reduce((sum, value) => sum + value, 0);
  const [each, chosen, rejected] = [0, 1, 2].map(() => new Float64Array(counts.length));
  const found = new Float64Array(3);
  let sum = 0;
  for (let b = 0; b < counts.length; b++) {
    const [w, l] = [logs.chosen[b], logs.rejected[b]];
    into(found, { uw: w - logs.referenceChosen[b], ul: l - logs.referenceRejected[b], w, l });
    each[b] = found[0];
    sum += found[0] * counts[b];
    chosen[b] = (found[1] * counts[b]) / total;
    rejected[b] = (found[2] * counts[b]) / total;
  }
  return { total: sum / total, each, gradients: { chosen, rejected } };
}

/** A pair's u of chosen and rejected, and their ln pi. */
interface Pair {
  readonly uw: number;
  readonly ul: number;
  readonly w: number;
  readonly l: number;
}

/** Writes a pair's loss, and its derivatives by u_w and u_l. */
type Formula = (found: Float64Array, pair: Pair) => void;

/** All options with their values. @throws InputError for an unknown loss, or an option out of its range */
export function pairLossOptions(name: PairLossName, options: PairLossOptions): Required<PairLossOptions> {
  checkOneOf("pairLoss: loss", name, PAIR_LOSSES);
  checkObject("pairLoss: options", options, [], "an object such as { beta: 0.1 }");
  checkKeys("pairLoss", options, ["beta", "flipped", "referenceFree"]);
  const { beta = 0.1, flipped = 0, referenceFree = false } = options;
  checkNumber("pairLoss: beta", beta, { above: 0 });
  checkNumber("pairLoss: flipped", flipped, { min: 0, below: 0.5 });
  return { beta, flipped, referenceFree };
}

function formula(name: PairLossName, options: PairLossOptions): Formula {
  const { beta, flipped, referenceFree } = pairLossOptions(name, options);
  const gap = ({ uw, ul, w, l }: Pair): number => (referenceFree ? w - l : uw - ul);
  switch (name) {
    case "DPO":
      return (found, pair) => {
        const h = beta * gap(pair);
        found[0] = -(1 - flipped) * logSigmoid(h) - flipped * logSigmoid(-h);
        found[1] = beta * (flipped * sigmoid(h) - (1 - flipped) * sigmoid(-h));
        found[2] = -found[1];
      };
    case "IPO":
      return (found, pair) => {
        const off = gap(pair) - 1 / (2 * beta);
        found[0] = off ** 2;
        found[1] = 2 * off;
        found[2] = -found[1];
      };
    case "LSIF":
      return (found, { uw, ul }) => {
        found[1] = -exp(uw);
        found[2] = exp(2 * ul);
        found[0] = found[1] + found[2] / 2;
      };
    case "UKL":
      return (found, { ul, w }) => {
        found[1] = -1;
        found[2] = exp(ul);
        found[0] = found[2] - w;
      };
    case "BCE":
      return (found, { uw, ul }) => {
        found[0] = -logSigmoid(uw) - logSigmoid(-ul);
        found[1] = -sigmoid(-uw);
        found[2] = sigmoid(ul);
      };
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
  const found = Float64Array.from(counts);
  if (found.some((count) => count < 0) || found.every((count) => count === 0))
    throw new InputError("pairLoss: counts must be 0 or more, and one of them above 0");
  return found;
}

function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

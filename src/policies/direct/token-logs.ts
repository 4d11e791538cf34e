import { checkInteger, checkNumbers, checkObject, checkOneOf, exp, InputError } from "../../core/index.js";
import { logSoftmax, throughLogSoftmax } from "../softmax.js";

/** Tokens of a batch of responses, one behind the other: only those that count. */
export interface ResponseTokens {
  /** What a language model says before each token, row-major [N, V]. */
  readonly logits: ArrayLike<number>;
  /** The token that stands there, [N], 0 to V - 1. */
  readonly tokens: ArrayLike<number>;
  /** Where each response begins, and N behind them, [B + 1]. */
  readonly from: ArrayLike<number>;
}

/** Logarithms of the probabilities of responses, [B], and how they carry derivatives back. */
export interface TokenLogs {
  readonly logs: Float64Array;
  /** By the logits, row-major [N, V], from derivatives by the logarithms, [B]. */
  gradient(slope: ArrayLike<number>): Float64Array;
}

/**
 * ln pi of responses from what a language model says of their tokens: the sum over the tokens, as papers write it, or their mean, as the released code of
 * DIL has it (long responses then do not count more).
 * @throws InputError for logits that are no rows of equal length, a token that has no column, or an empty response
 */
export function tokenLogs(responses: ResponseTokens, by: "sum" | "mean" = "sum"): TokenLogs {
  const parts = ["logits", "tokens", "from"];
  checkObject("tokenLogs: responses", responses, parts, `an object { ${parts.join(", ")} }`);
  const { logits, tokens, from } = responses;
  checkOneOf("tokenLogs: by", by, ["sum", "mean"]);
  for (const [name, values] of Object.entries({ logits, tokens, from }))
    checkNumbers(`tokenLogs: ${name}`, values);
  const columns = logits.length / tokens.length;
  if (!Number.isInteger(columns) || columns < 1)
    throw new InputError(
      `tokenLogs: logits must be as many numbers for each of ${tokens.length} tokens, got ${logits.length}`,
    );
  const all = Float64Array.from(logits);
  const rows = Array.from(tokens, (token, n) => {
    checkInteger("tokenLogs: tokens", token, { min: 0, max: columns - 1 });
    return logSoftmax(all.subarray(n * columns, (n + 1) * columns));
  });
  for (const place of Array.from(from))
    checkInteger("tokenLogs: from", place, { min: 0, max: tokens.length });
  if (from.length < 2 || from[0] !== 0 || from[from.length - 1] !== tokens.length)
    throw new InputError(
      `tokenLogs: from must begin with 0 and end with ${tokens.length}, the number of tokens, got ${Array.from(from).join(", ")}`,
    );
  const spans = Array.from({ length: from.length - 1 }, (_, b) => {
    const length = from[b + 1] - from[b];
    if (!(length >= 1 && from[b] >= 0 && from[b + 1] <= tokens.length))
      throw new InputError(
        `tokenLogs: from must rise from 0 to ${tokens.length}, by at least 1 token a response, got ${from[b]} to ${from[b + 1]}`,
      );
    return { first: from[b], end: from[b + 1], weight: by === "mean" ? 1 / length : 1 };
  });
  return {
    logs: Float64Array.from(spans, ({ first, end, weight }) => {
      let sum = 0;
      for (let n = first; n < end; n++) sum += rows[n][tokens[n]];
      return sum * weight;
    }),
    gradient: (slope) => {
      const gradient = new Float64Array(all.length);
      spans.forEach(({ first, end, weight }, b) => {
        for (let n = first; n < end; n++) {
          const own = new Float64Array(columns);
          own[tokens[n]] = slope[b] * weight;
          gradient.set(throughLogSoftmax(rows[n].map(exp), own), n * columns);
        }
      });
      return gradient;
    },
  };
}

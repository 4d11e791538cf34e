import type { Buffer, Rows } from "./buffer.js";

/**
 * What an engine that runs plans must be able to do. Operands are buffers, in this order; `rows` are row counts known at each step; `numbers`
 * are literals. Those that say "adds" add to their last operands, which somebody zeroes first; the others overwrite.
 */
export const INSTRUCTIONS = {
  productNN:
    "C[m, n] = (numbers[0] ? +=) A[m, k] · B[k, n]; rows m, n, k; then what numbers[2] says, with the kind in numbers[3]: 1 activateWithBias, operands A, B, C, b; 2 activateBackward, operands A, B, C, x (, b)",
  productNT:
    "C[m, n] = (numbers[0] ? +=) A[m, k] · B[n, k]ᵀ; rows m, n, k; numbers[1] the stride of A's rows, default k; the rest as productNN",
  productTN:
    "C[m, n] = (numbers[0] ? +=) A[k, m]ᵀ · B[k, n]; rows m, n, k; numbers[1] the stride of B's rows, default n",
  zero: "x = 0; rows; numbers columns",
  copy: "y = x; rows; numbers columns",
  add: "y += x; rows; numbers columns",
  subtract: "y -= x; rows; numbers columns",
  columns: "y = x[:, first …]; numbers columns of x, first, columns of y",
  columnsBackward: "adds y to x[:, first …]; operands y, x; numbers columns of x, first, columns of y",
  scale: "y = (numbers[2] ? +=) factor x; rows; numbers columns, factor",
  multiply: "z = (numbers[1] ? +=) x y; rows; operands x, y, z; numbers columns",
  rowCosines: "s[i] = cosine of x[i, :] and y[i, :]; operands x, y, s; numbers columns",
  rowCosinesBackward: "adds; operands x, y, ds, dx, dy; numbers columns",
  attention: "rows sets; operands from, q, k, v, room for a number each row, y; numbers columns",
  attentionBackward:
    "adds; rows sets; operands from, q, k, v, room for a number each row, dy, dq, dk, dv; numbers columns",
  addBias: "x[i, :] += b; operands x, b",
  addColumns: "b += sum of x[i, :]; operands x, b",
  activate: "y = activation(x); numbers columns, kind",
  activateWithBias:
    "x[i, :] += b, y = activation(x); operands x, b, y, which may be x; numbers columns, kind",
  activateBackward:
    "g *= activation', and b += sum of g[i, :] where there is a b; operands x, or y of relu, leaky relu, tanh and e^x, g (, b); numbers columns, kind",
  dropout: "x is dropped by chance; numbers columns, probability, key",
  gatherRows: "y[i, :] = table[index[i], :]; operands index, table, y; numbers columns",
  scatterAddRows: "table[index[i], :] += x[i, :]; operands index, x, table; numbers columns",
  softmaxRows: "w[i, :] = softmax(v[index[i], :]); operands index, v, w; numbers columns",
  softmaxBackward: "dv[index[i], :] += ...; operands index, w, dw, dv; numbers columns",
  mixRows:
    "z[b, :] = sum_k w[user[b], k] g_k[context[b], :]; operands user, w, context, g, z; numbers k, d, block",
  mixRowsBackward: "adds; operands user, w, context, g, dz, dw, dg; numbers k, d, block",
  differences:
    "d[b, :] = table[right[b], :] - table[left[b], :]; operands table, left, right, d; numbers columns, stride of d",
  addDifferences: "adds; operands d, left, right, table; numbers columns",
  differencesAndSums:
    "l - r and l + r - 2 point; operands table, left, right, points, user, difference, sum; numbers columns",
  sumsBackward:
    "difference *= dScore, dPoints -= 2 dScore q; operands dScore, q, user, difference, dPoints; numbers columns",
  rowDots: "s[b] = <x[b], y[b]>; operands x, y, s; numbers columns",
  rowDotsBackward: "operands x, y, ds, dx, dy; numbers columns",
  distanceScore: "operands z, u, left, right, user, s; numbers columns, plain",
  distanceBackward: "adds; operands z, u, left, right, user, ds, dz, du; numbers columns, plain",
  innerScore: "operands z, u, left, right, user, s; numbers columns",
  innerBackward: "adds; operands z, u, left, right, user, ds, dz, du; numbers columns",
  gaussianScore: "operands table, left, right, s; numbers kind of spread, largest deviation",
  gaussianBackward:
    "adds; operands table, left, right, ds, dTable; numbers kind of spread, largest deviation",
  segmentMean:
    "y[i, :] = mean of x[from[i] … from[i + 1] - 1, :], or 0; operands from, x, y; numbers columns",
  segmentMeanBackward: "adds; operands from, dy, dx; numbers columns",
  segmentSum: "y[i, :] = sum of x[from[i] … from[i + 1] - 1, :]; operands from, x, y; numbers columns",
  segmentSumBackward: "adds; operands from, dy, dx; numbers columns",
  pack: "y[i, :] = the first rows of set i of x side by side, then zeros; rows sets; operands from, x, y; numbers most, columns of x",
  packBackward: "adds; rows sets; operands from, dy, dx; numbers most, columns of dx",
  attendTo:
    "by heads, to the tokens of a set that the mask leaves; operands (of,) q, k, v, mask, room for a number each token, y; numbers tokens of a set, columns, heads, whether `of` is there (else row i is of set i / tokens)",
  attendToBackward: "adds; operands (of,) q, k, v, mask, room, dy, dq, dk, dv; numbers as attendTo",
  layerNorm: "operands x, gain, shift, y; numbers columns",
  layerNormBackward: "adds; operands x, gain, dy, dx, dGain, dShift; numbers columns",
  gaussianSample: "z = m + e^(v / 2) noise; operands (m, v), noise, z; numbers columns of z",
  gaussianSampleBackward: "adds; operands (m, v), noise, dz, d(m, v); numbers columns of z",
  gaussianKl: "KL to the standard normal; operands (m, v), y; numbers columns of m, weight",
  gaussianKlBackward: "adds; operands (m, v), dy, d(m, v); numbers columns of m, weight",
  gaussianKlToPrior: "operands (m, v), prior, y; numbers columns of m, weight",
  gaussianKlToPriorBackward:
    "adds; operands (m, v), prior, dy, d(m, v), dPrior; numbers columns of m, weight",
  orderScore: "s[b] = ln P(y above x) - ln P(x above y); operands x, y, s; numbers atoms",
  orderBackward: "operands x, y, ds, dx, dy; numbers atoms",
  cosineScore: "operands z, u, left, right, user, logScale, s; numbers columns, largest",
  cosineBackward:
    "adds; operands z, u, left, right, user, logScale, ds, dz, du, dLogScale; numbers columns, largest",
} as const;

export type InstructionName = keyof typeof INSTRUCTIONS;

/** One call of a kernel. */
export interface Instruction {
  readonly name: InstructionName;
  readonly rows: readonly Rows[];
  readonly at: readonly Buffer[];
  readonly numbers: readonly number[];
}

/** One user's comparisons, seen by each prototype. */
export interface Agreements {
  readonly k: number;
  /** Row-major [N, K]: label · score of comparison n, were the user prototype k. */
  readonly agreement: Float32Array;
  /** Shape [N]; 1 where absent. */
  readonly weight?: Float32Array;
}

/** sum_n weight_n · ln(1 + e^(-<agreement_n, w>)) - barrier · sum_k ln w_k; Infinity outside the simplex' inside. */
export function objective(
  { agreement, weight, k }: Agreements,
  w: ArrayLike<number>,
  barrier: number,
): number {
  let value = 0;
  for (let j = 0; j < k; j++) {
    if (w[j] <= 0) return Infinity;
    value -= barrier * Math.log(w[j]);
  }
  for (let row = 0; row < agreement.length; row += k) {
    let s = 0;
    for (let j = 0; j < k; j++) s += agreement[row + j] * w[j];
    const loss = s > 0 ? Math.log1p(Math.exp(-s)) : Math.log1p(Math.exp(s)) - s;
    value += (weight?.[row / k] ?? 1) * loss;
  }
  return value;
}

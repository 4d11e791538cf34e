/** Columns of d features with their squares and products. */
export function widthWithSquares(d: number): number {
  return d + (d * (d + 1)) / 2;
}

/** Standardised features, and after them their squares and products: what is linear in these has an ideal point. */
export function withSquares(own: ArrayLike<number>): Float64Array {
  const d = own.length;
  const found = new Float64Array(widthWithSquares(d));
  found.set(own);
  let at = d;
  for (let i = 0; i < d; i++) {
    // a square has variance 2 and a product 1, of normal features
    for (let j = i; j < d; j++) found[at++] = i === j ? (own[i] * own[i]) / Math.SQRT2 : own[i] * own[j];
  }
  return found;
}

/** Solves A x = b for a symmetric positive definite A (row-major [n, n], n small) and several b, by Cholesky. A is not kept. */
export function solveSymmetric(a: Float64Array, rightSides: readonly Float64Array[]): Float64Array[] {
  const n = rightSides[0].length;
  const l = cholesky(a, n);
  return rightSides.map((b) => {
    const x = b.slice();
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) x[i] -= l[i * n + j] * x[j];
      x[i] /= l[i * n + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let j = i + 1; j < n; j++) x[i] -= l[j * n + i] * x[j];
      x[i] /= l[i * n + i];
    }
    return x;
  });
}

/** Lower triangle L with L Lᵀ = A. A pivot that rounding made too small is lifted to the smallest that is safe. */
export function cholesky(a: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let p = 0; p < j; p++) sum -= l[i * n + p] * l[j * n + p];
      if (i === j) l[i * n + i] = Math.sqrt(Math.max(sum, 1e-300 + 1e-14 * a[i * n + i]));
      else l[i * n + j] = sum / l[j * n + j];
    }
  }
  return l;
}

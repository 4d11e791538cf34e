import { Matrix, SingularValueDecomposition } from "ml-matrix";

/** `points`, row-major [N, r], turned and mirrored to lie on `target` as well as they can (orthogonal Procrustes, Schönemann 1966). */
export function turnOnto(target: Float64Array, points: Float64Array, r: number): Float64Array {
  if (r === 0) return points;
  const cross = Matrix.zeros(r, r);
  for (let n = 0; n < points.length; n += r) {
    for (let a = 0; a < r; a++) {
      for (let b = 0; b < r; b++) cross.set(a, b, cross.get(a, b) + points[n + a] * target[n + b]);
    }
  }
  const { leftSingularVectors: left, rightSingularVectors: right } = new SingularValueDecomposition(cross);
  const turn = left.mmul(right.transpose());
  return Float64Array.from(points, (_, i) => {
    const [from, b] = [i - (i % r), i % r];
    let sum = 0;
    for (let a = 0; a < r; a++) sum += points[from + a] * turn.get(a, b);
    return sum;
  });
}

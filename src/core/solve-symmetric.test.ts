import { Matrix, solve } from "ml-matrix";
import { expect, test } from "vitest";
import { cholesky, solveSymmetric } from "./solve-symmetric.js";
import { randomStream } from "./index.js";

test("the triangle of a hand example, and its solutions", () => {
  // rows (4, 2, -2), (2, 10, 2), (-2, 2, 6): L = (2), (1, 3), (-1, 1, 2)
  const a = Float64Array.of(4, 2, -2, 2, 10, 2, -2, 2, 6);
  expect([...cholesky(a, 3)]).toEqual([2, 0, 0, 1, 3, 0, -1, 1, 2]);
  // A (1, 2, 3) = (2, 28, 20), A (1, 0, -1) = (6, 0, -8)
  const right = [Float64Array.of(2, 28, 20), Float64Array.of(6, 0, -8)];
  const solved = solveSymmetric(a.slice(), right);
  [1, 2, 3].forEach((value, i) => expect(solved[0][i]).toBeCloseTo(value, 12));
  [1, 0, -1].forEach((value, i) => expect(solved[1][i]).toBeCloseTo(value, 12));
  expect(right).toEqual([Float64Array.of(2, 28, 20), Float64Array.of(6, 0, -8)]);
});

test("agrees with ml-matrix on random systems of 1 to 7 unknowns", () => {
  const rng = randomStream(1);
  for (let n = 1; n <= 7; n++) {
    const b = Matrix.from1DArray(n, n, [...rng.normals(n * n)]);
    const a = b.mmul(b.transpose()).add(Matrix.eye(n));
    const right = Float64Array.from(rng.normals(n));
    const expected = solve(a, Matrix.columnVector([...right])).to1DArray();
    const [found] = solveSymmetric(Float64Array.from(a.to1DArray()), [right]);
    expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 9));
  }
});

test("a matrix without full rank gives numbers, not NaN", () => {
  const l = cholesky(Float64Array.of(1, 1, 1, 1), 2);
  expect([...l.subarray(0, 3)]).toEqual([1, 0, 1]);
  expect(l[3]).toBeCloseTo(1e-7, 12);
  expect([...cholesky(new Float64Array(4), 2)].every(Number.isFinite)).toBe(true);
});

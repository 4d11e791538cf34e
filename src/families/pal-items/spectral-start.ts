import type { RandomStream } from "../../core/index.js";
import type { Answers } from "../design/answers.js";

const ITERATIONS = 8;
/** Answers added to a user's own, so that one with few is not placed far out. */
const SHRINK = 3;
/** Log odds of the nearest prototype for a user one standard deviation out. */
const SHARPNESS = 1.5;

/**
 * Weights to start from, shape [U, K]: users' leading K - 1 coordinates among the answers less each question's popularity (power iteration),
 * between the corners of a randomly turned simplex.
 */
export function spectralStart(answers: Answers, k: number, rng: RandomStream): Float64Array {
  const { users } = answers;
  const d = k - 1;
  const residual = residuals(answers);
  const count = new Float64Array(users).fill(SHRINK);
  for (const user of answers.user) count[user]++;
  const columns = Array.from({ length: d }, () => Float64Array.from(rng.normals(users)));
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    columns.forEach((column, i) => {
      multiply(answers, residual, column);
      for (let user = 0; user < users; user++) column[user] /= count[user];
      orthonormalise(columns, i);
    });
  }
  const corners = turnedCorners(k, rng);
  const weights = new Float64Array(users * k);
  for (let user = 0; user < users; user++) {
    const logits = corners.map((corner) => {
      let inner = 0;
      for (let i = 0; i < d; i++) inner += corner[i] * columns[i][user];
      return SHARPNESS * Math.sqrt(users) * inner;
    });
    const top = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
    logits.forEach((logit, j) => (weights[user * k + j] = Math.exp(logit - top) / total));
  }
  return weights;
}

function residuals({ questions, question, right }: Answers): Float64Array {
  const rights = new Float64Array(questions.plus.length).fill(0.5);
  const total = new Float64Array(questions.plus.length).fill(1);
  question.forEach((q, row) => {
    rights[q] += right[row];
    total[q]++;
  });
  return Float64Array.from(right, (value, row) => value - rights[question[row]] / total[question[row]]);
}

/** x := R Rᵀ x for the sparse matrix R of residuals, users by parameters. */
function multiply({ questions, user, question }: Answers, residual: Float64Array, x: Float64Array): void {
  const { plus, minus } = questions;
  const byParameter = new Float64Array(questions.parameters);
  question.forEach((q, row) => {
    const value = residual[row] * x[user[row]];
    byParameter[plus[q]] += value;
    if (minus[q] >= 0) byParameter[minus[q]] -= value;
  });
  x.fill(0);
  question.forEach((q, row) => {
    const value = byParameter[plus[q]] - (minus[q] >= 0 ? byParameter[minus[q]] : 0);
    x[user[row]] += residual[row] * value;
  });
}

/** Makes column `i` orthogonal to those before it and of length 1. */
function orthonormalise(columns: readonly Float64Array[], i: number): void {
  const column = columns[i];
  for (let before = 0; before < i; before++) {
    const other = columns[before];
    const inner = column.reduce((sum, value, row) => sum + value * other[row], 0);
    column.forEach((_, row) => (column[row] -= inner * other[row]));
  }
  const length = Math.sqrt(column.reduce((sum, value) => sum + value * value, 0));
  if (length > 0) column.forEach((_, row) => (column[row] /= length));
}

/** Corners of a regular simplex around 0 in K - 1 dimensions, turned at random; K rows of length 1. */
function turnedCorners(k: number, rng: RandomStream): readonly Float64Array[] {
  const axes = Array.from({ length: k }, () => new Float64Array(k).fill(1 / Math.sqrt(k)));
  for (let i = 1; i < k; i++) {
    axes[i] = Float64Array.from(rng.normals(k));
    orthonormalise(axes, i);
  }
  const length = Math.sqrt((k - 1) / k);
  return Array.from({ length: k }, (_, corner) => {
    return Float64Array.from({ length: k - 1 }, (__, i) => axes[i + 1][corner] / length);
  });
}

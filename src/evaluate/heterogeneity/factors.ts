import {
  checkInteger,
  checkNumber,
  InputError,
  solveSymmetric,
  type RandomStream,
} from "../../core/index.js";
import { usesOf, type Answers } from "../../families/index.js";

export interface FactorOptions {
  /** Factors beside popularity and the user's intercept, >= 0. */
  readonly rank: number;
  readonly rng: RandomStream;
  /** Standard deviation of an item's loadings, default 1; users' have 1. */
  readonly spread?: number;
  /** Standard deviation of users' intercepts (how readily they agree), default 1; 0 leaves them out. */
  readonly intercept?: number;
  readonly iterations?: number;
}

/** A logistic factor model: log odds = popularity_j + intercept_u + <x_u, y_j>; no simplex, no prototypes. */
export interface FactorFit {
  readonly rank: number;
  /** Intercept and factors of users, row-major [U, 1 + rank]. */
  readonly users: Float64Array;
  /** Popularity and loadings of parameters, row-major [J, 1 + rank]. */
  readonly parameters: Float64Array;
}

const POPULARITY = 1.5;

/**
 * The peer of PAL without prototypes: most probable parameters under Gaussian priors, by Newton steps for users and items in turn. Where answers
 * compare two items the intercept cancels.
 * @throws InputError for no answers or a rank < 0
 */
export function fitFactors(answers: Answers, options: FactorOptions): FactorFit {
  const { rank, rng, spread = 1, intercept = 1, iterations = 30 } = options;
  checkInteger("fitFactors: rank", rank, { min: 0 });
  checkNumber("fitFactors: spread", spread, { above: 0 });
  checkNumber("fitFactors: intercept", intercept, { min: 0 });
  if (answers.user.length === 0) throw new InputError("fitFactors: there are no answers to learn from");
  const width = 1 + rank;
  const count = answers.questions.parameters;
  const users = Float64Array.from(rng.normals(answers.users * width, 0.3));
  const parameters = Float64Array.from(rng.normals(count * width, 0.3 * spread));
  for (let u = 0; u < answers.users; u++) users[u * width] = 0;
  for (let j = 0; j < count; j++) parameters[j * width] = 0;
  const fit: FactorFit = { rank, users, parameters };
  const userRows = rowsOf(answers.user, answers.users);
  const questionRows = rowsOf(answers.question, answers.questions.plus.length);
  const uses = usesOf(answers.questions);
  let centre = 0;
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let j = 0; j < count; j++) {
      const newton = newtonOf(width, (a) => (a === 0 ? POPULARITY : spread));
      addPrior(newton, parameters, j, centre);
      for (const { question, sign } of uses[j]) {
        for (const row of questionRows[question]) {
          addRow(newton, answers, fit, {
            row,
            vector: (a) => sign * (a === 0 ? 1 : users[answers.user[row] * width + a]),
          });
        }
      }
      take(newton, parameters, j);
    }
    if (answers.questions.kind === "statements") centre = meanOfColumn(parameters, width);
    for (let u = 0; u < answers.users; u++) {
      const newton = newtonOf(width, (a) => (a === 0 ? Math.max(intercept, 1e-4) : 1));
      addPrior(newton, users, u, 0);
      for (const row of userRows[u]) {
        const question = answers.question[row];
        const [plus, minus] = [answers.questions.plus[question], answers.questions.minus[question]];
        const vector = (a: number): number => {
          if (a === 0) return minus < 0 ? 1 : 0;
          return parameters[plus * width + a] - (minus < 0 ? 0 : parameters[minus * width + a]);
        };
        addRow(newton, answers, fit, { row, vector });
      }
      take(newton, users, u);
    }
  }
  return fit;
}

/** P(right) of rows, shape [N]. */
export function predictFactors(
  fit: FactorFit,
  { questions, user, question }: Omit<Answers, "right">,
): Float64Array {
  return Float64Array.from(user, (u, row) => 1 / (1 + Math.exp(-score(fit, questions, u, question[row]))));
}

function score(
  { rank, users, parameters }: FactorFit,
  { plus, minus }: Answers["questions"],
  user: number,
  question: number,
): number {
  const width = 1 + rank;
  const [a, b] = [plus[question] * width, minus[question] * width];
  let s = b < 0 ? parameters[a] + users[user * width] : parameters[a] - parameters[b];
  for (let f = 1; f < width; f++)
    s += users[user * width + f] * (parameters[a + f] - (b < 0 ? 0 : parameters[b + f]));
  return s;
}

interface Newton {
  readonly precision: Float64Array;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

function newtonOf(width: number, deviation: (a: number) => number): Newton {
  const precision = Float64Array.from({ length: width }, (_, a) => 1 / deviation(a) ** 2);
  return { precision, gradient: new Float64Array(width), hessian: new Float64Array(width * width) };
}

function addPrior(
  { precision, gradient, hessian }: Newton,
  values: Float64Array,
  index: number,
  centre: number,
): void {
  const width = precision.length;
  for (let a = 0; a < width; a++) {
    gradient[a] = precision[a] * (values[index * width + a] - (a === 0 ? centre : 0));
    hessian[a * width + a] = precision[a];
  }
}

function addRow(
  { gradient, hessian }: Newton,
  answers: Answers,
  fit: FactorFit,
  { row, vector }: { row: number; vector: (a: number) => number },
): void {
  const width = gradient.length;
  const weight = answers.weight?.[row] ?? 1;
  const p = 1 / (1 + Math.exp(-score(fit, answers.questions, answers.user[row], answers.question[row])));
  for (let a = 0; a < width; a++) {
    const va = vector(a);
    gradient[a] += weight * (p - answers.right[row]) * va;
    for (let b = 0; b < width; b++) hessian[a * width + b] += weight * p * (1 - p) * va * vector(b);
  }
}

/** Longest step of a coordinate in log odds. */
const LONGEST_STEP = 2;

function take({ gradient, hessian }: Newton, values: Float64Array, index: number): void {
  const width = gradient.length;
  const [step] = solveSymmetric(hessian, [gradient]);
  const largest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest > LONGEST_STEP ? LONGEST_STEP / largest : 1;
  for (let a = 0; a < width; a++) values[index * width + a] -= scale * step[a];
}

function rowsOf(indices: Int32Array, size: number): readonly number[][] {
  const rows = Array.from({ length: size }, (): number[] => []);
  indices.forEach((index, row) => rows[index].push(row));
  return rows;
}

function meanOfColumn(values: Float64Array, width: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += width) sum += values[i];
  return (sum * width) / values.length;
}

/** How a hidden unit answers; gelu is the exact one, x times the normal distribution function; leaky relu is .2 x below 0. */
export const ACTIVATIONS = ["linear", "relu", "gelu", "leaky-relu"] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Functions of one number: the activations, and those that no map is built of; clamp keeps x within -1 … 1, log is of at least 1e-37. */
export const CURVES = [...ACTIVATIONS, "tanh", "exp", "clamp", "log"] as const;
export type Curve = (typeof CURVES)[number];

/** How a standard deviation is made of a free number x: e^(x - 2), or ln(1 + e^x). */
export const SPREADS = ["exp", "softplus"] as const;
export type Spread = (typeof SPREADS)[number];

/** For each comparison the row of its left item, its right item and its user's point. */
export interface Places<I> {
  readonly left: I;
  readonly right: I;
  readonly user: I;
}

/**
 * What a forward function may compute, on matrices `T` (row-major, rank 2) and row numbers `I`. A model is written once in it; an engine compiles it
 * (`Trace`), or runs it on tensors by its own differentiation. @throws InputError for shapes that do not fit, naming the primitive and both shapes
 */
export interface Ops<T, I> {
  /** Whether hidden units are dropped: in training alone. */
  readonly training: boolean;
  /** a [m, k] · b, b [k, n] or, `transposed`, [n, k]; shape [m, n]. */
  matmul(a: T, b: T, transposed?: "transposed"): T;
  /** x [n, c] + b [1, c] in every row. */
  bias(x: T, b: T): T;
  add(x: T, y: T): T;
  subtract(x: T, y: T): T;
  /** Columns from … to - 1 of x. */
  columns(x: T, from: number, to: number): T;
  /** Numbers that never change, row-major [rows, columns]. */
  constant(rows: number, columns: number, values: Float32Array): T;
  /** x, through which no gradient goes. */
  detach(x: T): T;
  /** The columns of one matrix, then those of the next. */
  beside(parts: readonly T[]): T;
  /** x · y, number by number. */
  multiply(x: T, y: T): T;
  /** factor · x. */
  scale(x: T, factor: number): T;
  /** <x, y> / ((|x| + 1e-6) (|y| + 1e-6)) of each row, [n, 1]; a vector of length 0 gets no gradient by its own length. */
  rowCosines(x: T, y: T): T;
  /**
   * Of each row of a set the mean of the set's rows of v, weighted by the softmax of <q, k> / sqrt(c), [n, c]; sets as in `segmentMean`.
   * @param q what each row asks, k what it is asked by, v what it gives: [n, c] each
   */
  attention(q: T, k: T, v: T, from: I): T;
  /**
   * As `attention`, by several heads and to sets of one size: the rows of k and v are the tokens of one set behind those of another, and the mask,
   * [sets, tokens], has 0 for those that are left out. It gets no gradient. A row with nothing to attend to is 0.
   * @param to.of each row's set; default: rows of q are the sets' own tokens
   */
  attendTo(q: T, k: T, v: T, to: { readonly mask: T; readonly heads: number; readonly of?: I }): T;
  /** Rows of x less their mean, divided by sqrt(their variance + 1e-5), times gain [1, c], plus shift [1, c]. */
  layerNorm(x: T, gain: T, shift: T): T;
  /** A hidden layer behind its product x [n, c]: bias [1, c] added, units dropped with a probability of 0-1, activation. */
  hidden(x: T, layer: { readonly bias?: T; readonly activation: Curve; readonly dropout: number }): T;
  /** Rows of a table, shape [index.length, c]; named twice, their gradients add up. */
  rows(table: T, index: I): T;
  /** Rows of a table, each softmaxed. */
  softmaxRows(table: T, index: I): T;
  /** sum_k w[user, k] · blocks[k][context, :] for each comparison, [B, d]; blocks [C, d], w [U, K]. */
  mixRows(blocks: readonly T[], w: T, places: { readonly user: I; readonly context: I }): T;
  /** h(|z_left - u|²) - h(|z_right - u|²), [B, 1]; h the identity, or `plain` the root (no gradient at 0). z [·, d], u [·, d]. */
  distanceScore(z: T, u: T, places: Places<I>, distance: "squared" | "plain"): T;
  /** <z_right, u> - <z_left, u>, [B, 1]. */
  innerScore(z: T, u: T, places: Places<I>): T;
  /** c · (cos(z_right, u) - cos(z_left, u)), [B, 1], c = min(e^logScale, largest); a vector of length 0 has cosine 0 and no gradient. */
  cosineScore(z: T, u: T, places: Places<I>, scale: { readonly logScale: T; readonly largest: number }): T;
  /** sqrt(2 pi) (m_right - m_left) / sqrt(s_left² + s_right²), [B, 1]; rows (m, x) of table [n, 2], s of x by `spread`, at most `largest`. */
  gaussianScore(
    table: T,
    places: Pick<Places<I>, "left" | "right">,
    deviation: { readonly spread: Spread; readonly largest: number },
  ): T;
  /** ln P(right above left) - ln P(left above right), ties half, [B, 1]; rows of probabilities over the same ordered atoms, [B, A]. */
  orderScore(left: T, right: T): T;
  /** table[right] - table[left], [B, c]. */
  differences(table: T, places: Pick<Places<I>, "left" | "right">): T;
  /** Means of sets of rows of x, [sets, c]: set i has rows from[i] … from[i + 1] - 1, and there is one number more than sets. An empty set has mean 0. */
  segmentMean(x: T, from: I): T;
  /** Their sums. */
  segmentSum(x: T, from: I): T;
  /** The first `most` rows of each set side by side, then zeros, [sets, most c]; sets as in `segmentMean`. */
  pack(x: T, from: I, most: number): T;
  /** Each row cut into so many rows of equal length, [parts n, c / parts]. */
  unfold(x: T, parts: number): T;
  /** So many rows side by side in one, [n / parts, parts c]: what `unfold` undoes. */
  fold(x: T, parts: number): T;
  /** m + e^(v / 2) · noise, [n, d], for rows (m, v) of means and log variances, [n, 2 d]; noise [n, d] gets no gradient. */
  gaussianSample(posterior: T, noise: T): T;
  /** weight · KL(N(m, e^v) || N(m', e^v')) of each row, [n, 1]; prior (m', v') one row, [1, 2 d], default (0, 0). */
  gaussianKl(posterior: T, weight: number, prior?: T): T;
}

/** Rows that a batch needs, each once: their features where the table has any, their numbers in the table, and each comparison's places. */
export interface Sides<T, I> {
  readonly features: T | undefined;
  readonly rows: I;
  readonly left: I;
  readonly right: I;
}

/** The comparisons of a batch, as a forward function sees them. */
export interface PairInputs<T, I> {
  /** Numbers of the distinct users, and each comparison's place among them. */
  readonly users: { readonly rows: I; readonly of: I };
  readonly items: Sides<T, I>;
  /** Items with the features of the comparison's context behind their own: a row for each side of each comparison. */
  readonly itemsInContext: Sides<T, I>;
  readonly contexts: { readonly features: T | undefined; readonly rows: I; readonly of: I } | undefined;
  /** Row b for comparison b. */
  readonly own: I;
}

/**
 * The answers from which users' states are found, side by side: those of the batch's first user, then those of the second …. An answer's vectors are
 * those of what was chosen, of what was not, and of its context: swapping sides and labels changes nothing.
 */
export interface EvidenceInputs<T, I> {
  readonly chosen: Vectors<T, I>;
  readonly rejected: Vectors<T, I>;
  readonly contexts: Vectors<T, I> | undefined;
  /** Where each user's answers begin, as `Ops.segmentMean` takes it, and for each answer its user's place. */
  readonly from: I;
  readonly of: I;
  /**
   * Where the order of answers counts: a row for each user with the features of its answers one behind the other, of each those of its left item, its
   * right item and its context, then 1 where left was preferred, else 0. Absent where a table has no features.
   */
  readonly flat: T | undefined;
}

/** Features of rows where their table has any, and their numbers in it. */
export interface Vectors<T, I> {
  readonly features: T | undefined;
  readonly rows: I;
}

/** A model's parameters by name; a vector or scalar is one row. */
export interface ParameterInputs<T> {
  get(name: string): T;
  has(name: string): boolean;
  /** How many numbers a row of it has. */
  columns(name: string): number;
}

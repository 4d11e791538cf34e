import { exp, randomStream } from "../../core/index.js";
import type { FeatureTable, PreferenceData } from "../../data/index.js";
import type { FittedModel } from "../../train/index.js";
import type { StatePosterior } from "../../families/index.js";

/** Means and variances of a latent, were a question answered "left" and "right". */
export interface After {
  /** Row-major [N, 2, d]: of question n, of answer 0 (left) and 1 (right). */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** What is believed of a user, and of what each question of a pool would say. */
export interface Beliefs {
  /** Questions N. */
  readonly questions: number;
  /** Draws of the user's state S. */
  readonly draws: number;
  /** Score of each question under each draw, row-major [N, S]. */
  readonly scores: Float32Array;
  /** P(right) on average over the draws, shape [N]. */
  readonly right: Float64Array;
  /** What would be believed after each answer. */
  after(): After;
}

/**
 * @param known comparisons of one user, none included
 * @param pool questions; its users and labels are not looked at
 */
export function beliefsOf(
  fitted: FittedModel,
  {
    known,
    pool,
    posterior,
  }: { readonly known?: PreferenceData; readonly pool: PreferenceData; readonly posterior: StatePosterior },
  { draws, seed }: { readonly draws: number; readonly seed: number },
): Beliefs {
  const rng = randomStream(seed).split("beliefs");
  const states = posterior.states(draws, rng);
  // the same stream gives the same draws
  const latents = posterior.sample(draws, randomStream(seed).split("beliefs"));
  const scores = fitted.scoresUnderEach(pool, states);
  const questions = pool.left.length;
  const probabilities = Float64Array.from(scores, (score) => 1 / (1 + exp(-score)));
  const right = Float64Array.from({ length: questions }, (_, n) => meanOf(probabilities, n * draws, draws));
  return {
    ...{ questions, draws, scores, right },
    after() {
      if (known !== undefined && fitted.model.user.found !== undefined && fitted.posterior !== undefined)
        return afterByNetwork(fitted, known, pool);
      return afterByWeighing({ latents, probabilities, right, draws });
    },
  };
}

function meanOf(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += values[i];
  return sum / count;
}

/** What the network says once it has read the answer too. */
function afterByNetwork(fitted: FittedModel, known: PreferenceData, pool: PreferenceData): After {
  const n = pool.left.length;
  const each = known.label.length + 1;
  const rows = 2 * n * each;
  const { items, contexts, shift } = together(known, pool);
  const column = (own: Int32Array | undefined, asked: Int32Array | undefined, moved: number): Int32Array =>
    Int32Array.from({ length: rows }, (_, row) => {
      const place = row % each;
      return place < each - 1 ? (own?.[place] ?? 0) : (asked?.[Math.floor(row / (2 * each))] ?? 0) + moved;
    });
  const label = Int8Array.from({ length: rows }, (_, row) => {
    const place = row % each;
    return place < each - 1 ? known.label[place] : Math.floor(row / each) % 2 === 0 ? -1 : 1;
  });
  const { weights } = fitted.inferAll({
    source: known.source,
    items,
    ...(contexts === undefined
      ? {}
      : { contexts, context: column(known.context, pool.context, shift.contexts) }),
    users: Array.from({ length: 2 * n }, (_, i) => `answer-${i}`),
    user: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / each)),
    left: column(known.left, pool.left, shift.items),
    right: column(known.right, pool.right, shift.items),
    label,
  });
  const width = fitted.k;
  const found = Array.from({ length: 2 * n }, (_, i) =>
    fitted.posterior?.({ weights: weights.subarray(i * width, (i + 1) * width) }),
  );
  return {
    mean: Float64Array.from(found.flatMap((posterior) => [...(posterior?.mean ?? [])])),
    variance: Float64Array.from(
      found.flatMap((posterior) => diagonal(posterior?.covariance ?? new Float64Array(0))),
    ),
  };
}

function diagonal(covariance: Float64Array): number[] {
  const d = Math.sqrt(covariance.length);
  return Array.from({ length: d }, (_, i) => covariance[i * (d + 1)]);
}

/** Tables that hold what was answered and what may be asked: one behind the other, unless they are the same. */
function together(
  known: PreferenceData,
  pool: PreferenceData,
): {
  readonly items: FeatureTable;
  readonly contexts?: FeatureTable;
  readonly shift: { readonly items: number; readonly contexts: number };
} {
  const [items, contexts] = [joined(known.items, pool.items), joined(known.contexts, pool.contexts)];
  return {
    items: items.table ?? known.items,
    ...(contexts.table === undefined ? {} : { contexts: contexts.table }),
    shift: { items: items.shift, contexts: contexts.shift },
  };
}

function joined(
  a: FeatureTable | undefined,
  b: FeatureTable | undefined,
): { readonly table?: FeatureTable; readonly shift: number } {
  if (a === b || a === undefined || b === undefined)
    return { ...(b === undefined ? {} : { table: b }), shift: 0 };
  const ids = [...a.ids, ...b.ids];
  if (a.features === undefined || b.features === undefined) return { table: { ids }, shift: a.ids.length };
  const features = new Float32Array(a.features.length + b.features.length);
  features.set(a.features);
  features.set(b.features, a.features.length);
  return { table: { ids, features }, shift: a.ids.length };
}

/** The draws, weighed by how probable each makes the answer. */
function afterByWeighing({
  latents,
  probabilities,
  right,
  draws,
}: {
  readonly latents: Float64Array;
  readonly probabilities: Float64Array;
  readonly right: Float64Array;
  readonly draws: number;
}): After {
  const d = latents.length / draws;
  const n = right.length;
  const mean = new Float64Array(n * 2 * d);
  const variance = new Float64Array(n * 2 * d);
  for (let q = 0; q < n; q++) {
    for (let answer = 0; answer < 2; answer++) {
      const at = (2 * q + answer) * d;
      const total = draws * (answer === 1 ? right[q] : 1 - right[q]);
      for (let s = 0; s < draws; s++) {
        const p = probabilities[q * draws + s];
        const weight = (answer === 1 ? p : 1 - p) / total;
        for (let j = 0; j < d; j++) {
          mean[at + j] += weight * latents[s * d + j];
          variance[at + j] += weight * latents[s * d + j] ** 2;
        }
      }
      for (let j = 0; j < d; j++) variance[at + j] = Math.max(variance[at + j] - mean[at + j] ** 2, 1e-12);
    }
  }
  return { mean, variance };
}

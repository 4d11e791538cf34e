import type { PreferenceData } from "../../data/index.js";
import { pca, trustworthiness, umapProjection, type Points } from "../../project/index.js";
import { ask } from "../../families/index.js";

/** Users in the plane, from their answers alone: no model has a part in it. */
export interface UserMaps {
  /** Indices of the users that are shown. */
  readonly users: Int32Array;
  readonly pca: readonly (readonly [number, number])[];
  /** Fractions (0-1) of the variance along the two directions. */
  readonly explained: readonly number[];
  readonly umap: readonly (readonly [number, number])[];
  readonly neighbours: number;
  /** How far neighbours in the plane are neighbours among the answers, 0-1. */
  readonly trustworthiness: { readonly pca: number; readonly umap: number };
}

const MOST_USERS = 600;
const MOST_QUESTIONS = 400;
const FEWEST_USERS = 12;
const COMPONENTS = 10;

/**
 * Two maps of users by what they answered: each answer less its question's popularity, 0 where there is none. Undefined for fewer than twelve users.
 * @param data users beyond the 600 with most answers, and questions beyond the 400 most answered, are left out
 */
export function mapUsers(data: PreferenceData, seed: number): UserMaps | undefined {
  const { question, questions, direction } = ask(data);
  const chosen = mostFrequent(data.user, data.users.length, MOST_USERS);
  const asked = mostFrequent(question, questions.plus.length, MOST_QUESTIONS);
  if (chosen.length < FEWEST_USERS || asked.length < 3) return undefined;
  const points = residuals(data, { question, direction, chosen, asked });
  const components = Math.min(COMPONENTS, chosen.length - 1, asked.length);
  const reduced = pca(points, { components });
  if (reduced.variance[1] <= 0) return undefined;
  const plane = (values: ArrayLike<number>, width: number): [number, number][] =>
    Array.from(chosen, (_, i) => [values[i * width], values[i * width + 1]]);
  const neighbours = Math.min(15, Math.floor((chosen.length - 1) / 2));
  const umap = umapProjection(reduced.points, { seed, nNeighbors: neighbours });
  const flat: Points = {
    dimension: 2,
    values: Float32Array.from(plane(reduced.points.values, components).flat()),
  };
  return {
    users: chosen,
    pca: plane(reduced.points.values, components),
    explained: reduced.explained.slice(0, 2),
    umap: plane(umap.values, 2),
    neighbours,
    trustworthiness: {
      pca: trustworthiness(reduced.points, flat, neighbours),
      umap: trustworthiness(reduced.points, umap, neighbours),
    },
  };
}

function mostFrequent(indices: Int32Array, size: number, most: number): Int32Array {
  const count = new Int32Array(size);
  for (const index of indices) count[index]++;
  const order = Array.from(count.keys()).filter((index) => count[index] > 0);
  return Int32Array.from(order.sort((a, b) => count[b] - count[a] || a - b).slice(0, most));
}

interface Asked {
  readonly question: Int32Array;
  readonly direction: Int8Array;
  readonly chosen: Int32Array;
  readonly asked: Int32Array;
}

function residuals(data: PreferenceData, { question, direction, chosen, asked }: Asked): Points {
  const column = new Map(Array.from(asked, (q, i) => [q, i]));
  const row = new Map(Array.from(chosen, (user, i) => [user, i]));
  const sums = new Float64Array(asked.length);
  const counts = new Float64Array(asked.length);
  const each = (visit: (at: number, user: number | undefined, answer: number) => void): void => {
    question.forEach((q, i) => {
      const at = column.get(q);
      if (at !== undefined) visit(at, row.get(data.user[i]), data.label[i] * direction[i]);
    });
  };
  each((at, _, answer) => {
    sums[at] += answer;
    counts[at]++;
  });
  const values = new Float32Array(chosen.length * asked.length);
  each((at, user, answer) => {
    if (user !== undefined) values[user * asked.length + at] = answer - sums[at] / counts[at];
  });
  return { dimension: asked.length, values };
}

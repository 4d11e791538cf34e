import type { ParameterSpec } from "../parameters.js";
import type { StateInputs } from "../family.js";
import { layerParameters } from "./layers.js";

const ATTENTION = "Encoder.attention";
const HEAD = "Encoder.head";
const ROLES = ["query", "key", "value"] as const;

/**
 * Means and log variances of a Gaussian, [users, 2 d], from vectors of answers, [answers, c]: one head of attention among a user's answers, the mean over
 * them, a linear layer. All numbers are kept within -1 … 1, as in the authors' language code; 0 without answers. A bias of the keys would cancel in the softmax: there is none.
 */
export function attend<T, I>(inputs: StateInputs<T, I>, answers: T): T {
  const { ops, p, evidence } = inputs;
  const layer = (x: T, name: string): T => {
    const y = ops.matmul(x, p.get(`${name}.weight`), "transposed");
    return p.has(`${name}.bias`) ? ops.bias(y, p.get(`${name}.bias`)) : y;
  };
  const [q, k, v] = ROLES.map((role) => layer(answers, `${ATTENTION}.${role}`));
  const pooled = ops.segmentMean(ops.attention(q, k, v, evidence.from), evidence.from);
  const clamped = ops.hidden(layer(pooled, HEAD), { activation: "clamp", dropout: 0 });
  return meanOfCopies(inputs, clamped);
}

/** Rows of users who gave answers as they are, of others 0: the mean of as many copies as there are answers. */
export function meanOfCopies<T, I>({ ops, evidence }: StateInputs<T, I>, x: T): T {
  return ops.segmentMean(ops.rows(x, evidence.of), evidence.from);
}

/** @param c numbers of an answer's vector */
export function attentionParameters(c: number, latentDimension: number): ParameterSpec[] {
  return [
    ...ROLES.flatMap((role) => layerParameters(`${ATTENTION}.${role}`, c, { weight: c }, role !== "key")),
    ...layerParameters(HEAD, 2 * latentDimension, { weight: c }),
  ];
}

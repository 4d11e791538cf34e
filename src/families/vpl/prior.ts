import type { ParameterSpec } from "../parameters.js";

/** Means, then log variances, of a learned prior. */
export const PRIOR = "prior";

/** None where the prior is standard normal, from which a learned one starts. */
export function priorParameters({
  prior,
  latentDimension,
}: {
  readonly prior: string;
  readonly latentDimension: number;
}): ParameterSpec[] {
  if (prior === "standard") return [];
  const init = { kind: "constant", value: 0 } as const;
  return [{ name: PRIOR, shape: [2 * latentDimension], group: "projector", init }];
}

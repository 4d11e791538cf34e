/** What training reads, and how much is left of it: see `FoundStates`. */
interface Sets {
  readonly latentDimension: number;
  readonly contextSize: number;
  readonly targetSize: number;
}

/**
 * What cannot be had from so many answers, in words.
 * @param name of the family
 * @param answers that each user gave
 */
export function warningsOf(
  name: string,
  { latentDimension: d, contextSize, targetSize }: Sets,
  answers: ArrayLike<number>,
): string[] {
  const left = Array.from(answers, (n) => n - Math.min(targetSize, Math.ceil(n / 2)));
  const most = left.reduce((a, b) => Math.max(a, b), 0);
  const warnings: string[] = [];
  if (contextSize > most) {
    const gave = answers[left.indexOf(most)];
    warnings.push(
      `${name}: contextSize is ${contextSize}, but no user has so many answers besides those that are predicted (${gave - most} of ${gave} are): z is found from at most ${most} in training`,
    );
  }
  const read = Math.min(contextSize, most);
  if (d > read) {
    const nats = (read * Math.LN2).toFixed(1);
    warnings.push(
      `${name}: latentDimension is ${d}, more than ${read} answers of two outcomes can inform (at most ${nats} nats): most coordinates of z will say nothing; give a smaller one, or more answers`,
    );
  }
  return warnings;
}

/**
 * Runs each engine in turn, `rounds` times, after one round that does not count. A run's `round(seconds)` works for at least that time
 * and resolves to the mean `microseconds` of processor time of a step, and the `share` of the elapsed time that the processor was its own.
 * @returns the samples of each run, and the least share
 */
export async function interleave(runs, { rounds, seconds }) {
  const samples = runs.map(() => []);
  let share = 1;
  for (let round = -1; round < rounds; round++) {
    for (const [i, run] of runs.entries()) {
      const result = await run.round(seconds);
      if (round < 0) continue;
      samples[i].push(result.microseconds);
      share = Math.min(share, result.share);
    }
  }
  return { samples, share };
}

/** Median and quartiles. */
export function summarize(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (fraction) => {
    const place = fraction * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

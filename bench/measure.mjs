/** An engine that has computed a case for this long stops after the rounds that count at least. */
const BUDGET_SECONDS = 8;
const LEAST_ROUNDS = 3;
/** One whose first round took this long is not asked again: that round is its number. */
const ENOUGH_SECONDS = 30;

/**
 * Runs each engine in turn, `rounds` times, after one round that does not count; slow ones fewer times, but 3 at least, and very slow ones once. A run's
 * `round(seconds)` works for at least that time and resolves to the mean `microseconds` of processor time of a step, and the `share` of the
 * elapsed time that the processor was its own.
 * @returns the samples of each run, and the least share
 */
export async function interleave(runs, { rounds, seconds }) {
  const samples = runs.map(() => []);
  const spent = runs.map(() => 0);
  const once = new Set();
  let share = 1;
  for (let round = -1; round < rounds; round++) {
    for (const [i, run] of runs.entries()) {
      if (spent[i] > BUDGET_SECONDS && round >= LEAST_ROUNDS) continue;
      if (once.has(i)) continue;
      const start = performance.now();
      const result = await run.round(seconds);
      spent[i] += (performance.now() - start) / 1000;
      if (round < 0 && spent[i] > ENOUGH_SECONDS) once.add(i);
      if (round < 0 && !once.has(i)) continue;
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

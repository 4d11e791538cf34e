/**
 * Runs `run` for at least `seconds`.
 * @returns the processor time of a step in microseconds (a run has `steps`), and the share of the elapsed time that it is
 */
export function timeRuns(run, seconds, steps = 1) {
  const start = performance.now();
  const used = process.cpuUsage();
  let runs = 0;
  let elapsed;
  do {
    run();
    runs++;
    elapsed = performance.now() - start;
  } while (elapsed < 1000 * seconds);
  const { user, system } = process.cpuUsage(used);
  return { microseconds: (user + system) / (runs * steps), share: (user + system) / (1000 * elapsed) };
}

/** Floating point operations a microsecond of processor time of `product`, a matrix product of this size: the best of short rounds. */
export function operationRate(product, { m, n, k }) {
  const repeats = Math.max(1, Math.round(4e7 / (m * n * k)));
  const microseconds = Array.from({ length: 11 }, () => {
    const used = process.cpuUsage();
    for (let i = 0; i < repeats; i++) product();
    const { user, system } = process.cpuUsage(used);
    return user + system;
  });
  return (repeats * 2 * m * n * k) / Math.min(...microseconds);
}

/** How a weight comes over the passes of a training. */
export const SCHEDULES = ["smooth", "constant", "linear", "cosine", "cyclic"] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** How a weight rises. */
export interface Rise {
  readonly schedule: Schedule;
  /** In which it rises, once or in each cycle; 0: it is there at once. */
  readonly passes: number;
  /** Share of it that is there at the start, 0-1, default 0. */
  readonly baseline?: number;
}

/**
 * What a weight is multiplied by in the given pass, counted from 0: it rises from `baseline` to 1 and stays; `smooth` is level at both ends, x² (3 - 2 x);
 * `cosine` is sin²(pi x / 2); `cyclic` is the same, and starts anew after every rise.
 * @source `cosine` and `cyclic`: the authors' code of VPL
 */
export function risen({ schedule, passes, baseline = 0 }: Rise, pass: number): number {
  const isCyclic = schedule === "cyclic" && passes > 0;
  if (schedule === "constant" || (pass >= passes && !isCyclic)) return 1;
  const x = (isCyclic ? pass % passes : pass) / passes;
  return baseline + (1 - baseline) * shapeOf(schedule, x);
}

function shapeOf(schedule: Schedule, x: number): number {
  if (schedule === "linear") return x;
  return schedule === "smooth" ? x * x * (3 - 2 * x) : sine((Math.PI / 2) * x) ** 2;
}

/** Of 0 … pi / 2, by its series: the same bits everywhere. */
function sine(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 2; n < 24; n += 2) sum += term *= (-x * x) / (n * (n + 1));
  return sum;
}

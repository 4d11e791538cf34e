/** How a training ends by itself. */
export interface Convergence {
  /** Whether the loss had stopped falling at every step size, or the budget of steps ended first. */
  readonly isConverged: boolean;
  readonly steps: number;
  /** The last window's mean loss less the one before it, as a part of it: how fast it still fell. */
  readonly lastImprovement: number;
}

/** Passes whose mean loss is compared with that of those before. */
const WINDOW = 10;
/** Fall of the loss, as a part of it, below which a window has not improved. */
const IMPROVEMENT = 2e-3;
/** Windows without improvement after which steps are halved. */
const PATIENCE = 2;
/** Step sizes begin at so many times the given ones, and end where they are the other. */
const LARGEST = 4;
const SMALLEST = 1 / 8;
const MOST_STEPS = 60_000;

/** Watches the loss: large steps at first, halved whenever the loss stands still, until they are small. */
export class Plateau {
  #factor = LARGEST;
  #window: number[] = [];
  #best = Infinity;
  #before = Infinity;
  #stale = 0;
  #steps = 0;
  #lastImprovement = 1;

  constructor(readonly stepsOfEpoch: number) {}

  /** What step sizes of the next epoch are multiplied by. */
  get factor(): number {
    return this.#factor;
  }

  get isConverged(): boolean {
    return this.#factor < SMALLEST;
  }

  /** Whether another epoch is wanted. */
  get goesOn(): boolean {
    return !this.isConverged && this.#steps < MOST_STEPS;
  }

  see(loss: number): void {
    this.#steps += this.stepsOfEpoch;
    this.#window.push(loss);
    if (this.#window.length < WINDOW) return;
    const mean = this.#window.reduce((sum, value) => sum + value, 0) / WINDOW;
    this.#window = [];
    this.#lastImprovement = this.#before === Infinity ? 1 : (this.#before - mean) / Math.max(mean, 1e-12);
    this.#before = mean;
    if (mean < this.#best * (1 - IMPROVEMENT)) this.#stale = 0;
    else this.#stale++;
    this.#best = Math.min(this.#best, mean);
    // a loss of 0 cannot fall
    if (this.#stale < PATIENCE && mean > 1e-6) return;
    this.#factor = mean > 1e-6 ? this.#factor / 2 : 0;
    this.#stale = 0;
  }

  get convergence(): Convergence {
    return { isConverged: this.isConverged, steps: this.#steps, lastImprovement: this.#lastImprovement };
  }
}

/** Comparisons a step, where none are given: at least sixteen steps a pass, of 16 to 256. */
export function batchFor(comparisons: number): number {
  return Math.min(256, Math.max(16, Math.round(comparisons / 16)));
}

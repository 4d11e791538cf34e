import { Lane } from "./lane.js";

/** Lanes that jobs take and give back. Who finds none free waits for one, in order. */
export class Lanes {
  readonly #all: readonly Lane[];
  readonly #free: Lane[];
  readonly #waiting: ((lane: Lane) => void)[] = [];

  /** @param script what each lane's thread runs */
  constructor(count: number, script: URL) {
    this.#all = Array.from({ length: count }, () => new Lane(script));
    this.#free = [...this.#all];
  }

  /** Lends a lane to `act`. @throws what `act` throws; the signal's reason when it is aborted while waiting */
  async lend<T>(act: (lane: Lane) => Promise<T>, signal: AbortSignal): Promise<T> {
    const lane = this.#free.pop() ?? (await this.#next(signal));
    try {
      return await act(lane);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(lane);
      else next(lane);
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#all.map((lane) => lane.end()));
  }

  #next(signal: AbortSignal): Promise<Lane> {
    return new Promise((resolve, reject) => {
      const take = (lane: Lane): void => {
        signal.removeEventListener("abort", leave);
        resolve(lane);
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        reject(signal.reason as Error);
      };
      this.#waiting.push(take);
      signal.addEventListener("abort", leave, { once: true });
      if (signal.aborted) leave();
    });
  }
}

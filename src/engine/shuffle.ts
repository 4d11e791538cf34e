import type { RandomStream } from "../core/index.js";

const WORDS = 4294967296;

/** The four words from which orders are drawn. */
export function shuffleWords(rng: RandomStream): Int32Array {
  return Int32Array.from({ length: 4 }, () => rng.integer(WORDS));
}

/** Random orders, one after the other: the same as the wasm kernel `shuffle` (Fisher-Yates, xoshiro128**). */
export class Shuffle {
  readonly #state: Uint32Array;
  #order = new Int32Array(0);

  constructor(rng: RandomStream) {
    this.#state = Uint32Array.from(shuffleWords(rng));
  }

  /** Starts from 0, 1, … count - 1. */
  restart(count: number): void {
    this.#order = Int32Array.from({ length: count }, (_, row) => row);
  }

  /** The next order, valid until the one after. */
  next(): Int32Array {
    const order = this.#order;
    for (let i = order.length - 1; i > 0; i--) {
      const word = this.#word();
      // the upper half of the 64-bit product word · (i + 1)
      const low = Math.floor(((word & 0xffff) * (i + 1)) / 65536);
      const j = Math.floor(((word >>> 16) * (i + 1) + low) / 65536);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  #word(): number {
    const s = this.#state;
    const result = Math.imul(rotated(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotated(s[3], 11);
    return result;
  }
}

function rotated(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

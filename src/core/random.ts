import { checkInteger, checkNumber } from "./check.js";
import { exp, log } from "./elementary.js";

/**
 * A seeded stream of random numbers (xoshiro128** over a 32-bit state of four words). Streams are passed, never global; {@link split} derives
 * an independent stream by name, so that one more draw in one place shifts nothing elsewhere. Only operations
 * whose bits are the same on every JavaScript engine are used (logarithm and exponential are our own; no sine, cosine or power).
 */
export class RandomStream {
  readonly #seed: number;
  readonly #path: string;
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #spareNormal: number | undefined;

  /** @param seed any safe integer; @param path the names split off so far */
  constructor(seed: number, path = "") {
    checkInteger("RandomStream: seed", seed, { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
    this.#seed = seed;
    this.#path = path;
    [this.#a, this.#b, this.#c, this.#d] = hashWords(`${seed}/${path}`);
    this.#d |= 1; // a state of zeros alone would stay there
    for (let i = 0; i < 12; i++) this.#next();
  }

  /** An independent stream that depends on this stream's seed and names and on `name`, not on what was drawn. */
  split(name: string | number): RandomStream {
    const text = String(name);
    return new RandomStream(this.#seed, `${this.#path}${text.length}:${text}/`);
  }

  /** Uniform on [0, 1), 32 bits. */
  uniform(): number {
    return this.#next() / 4294967296;
  }

  /** Uniform integer in 0 … n-1, without modulo bias. */
  integer(n: number): number {
    checkInteger("RandomStream.integer: n", n, { min: 1, max: 4294967296 });
    const limit = 4294967296 - (4294967296 % n);
    for (;;) {
      const value = this.#next();
      if (value < limit) return value % n;
    }
  }

  /** Standard normal (Marsaglia's polar method). */
  normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * log(s)) / s);
      this.#spareNormal = v * factor;
      return u * factor;
    }
  }

  /** `n` standard normals times `scale`, shape [n]. */
  normals(n: number, scale = 1): Float32Array {
    return Float32Array.from({ length: n }, () => this.normal() * scale);
  }

  /** Gamma with the given shape > 0 and scale 1 (Marsaglia and Tsang 2000). */
  gamma(shape: number): number {
    checkNumber("RandomStream.gamma: shape", shape, { above: 0 });
    if (shape < 1) {
      const boost = exp(log(1 - this.uniform()) / shape);
      return this.gamma(shape + 1) * boost;
    }
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const t = 1 + c * x;
      if (t <= 0) continue;
      const v = t * t * t;
      if (log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
    }
  }

  /** A point on the simplex, shape [k], from Dirichlet(concentration, …, concentration); 1 is uniform. */
  dirichlet(k: number, concentration = 1): Float32Array {
    const draws = Float64Array.from({ length: k }, () => this.gamma(concentration));
    const total = draws.reduce((sum, value) => sum + value, 0);
    return Float32Array.from(draws, (value) => value / total);
  }

  /** A random order of 0 … n-1 (Fisher-Yates), shape [n]. */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    this.shuffle(order);
    return order;
  }

  /** Shuffles in place. */
  shuffle(values: Int32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = values[i];
      values[i] = values[j];
      values[j] = held;
    }
  }

  #next(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9);
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = rotateLeft(this.#d, 11);
    return result >>> 0;
  }
}

/** The stream of a seed: `randomStream(1).split("items")`. */
export function randomStream(seed: number): RandomStream {
  return new RandomStream(seed);
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** Four words from a text, for seeding only: four FNV-1a hashes of 32 bits with bases of their own, each mixed by murmur3's finaliser. */
function hashWords(text: string): [number, number, number, number] {
  const word = (base: number): number => {
    let hash = base;
    for (let i = 0; i < text.length; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
      hash ^= hash >>> 15;
    }
    let mixed = hash ^ (hash >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
  return [word(2166136261), word(0x9e3779b9), word(0x7f4a7c15), word(0x2545f491)];
}

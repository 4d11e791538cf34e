// Moving rows by index, and finding the distinct indices of a batch.
// Rows are copied four lanes at a time with a scalar tail.
import { madd } from "./math";

/** out[i, 0 … cols) = table[index[i], 0 … cols); rows of `out` are `outStride` floats apart. */
export function gatherRows(count: i32, index: usize, cols: i32, table: usize, out: usize, outStride: i32): void {
  const bytes = <usize>cols << 2;
  const whole = <usize>(cols & ~3) << 2;
  for (let i = 0; i < count; i++) {
    const from = table + <usize>load<i32>(index + (<usize>i << 2)) * bytes;
    let j: usize = 0;
    for (; j < whole; j += 16) v128.store(out + j, v128.load(from + j));
    for (; j < bytes; j += 4) store<f32>(out + j, load<f32>(from + j));
    out += <usize>outStride << 2;
  }
}

/** table[index[i], :] += source[i, :]; rows of `source` are `sourceStride` floats apart. */
export function scatterAddRows(count: i32, index: usize, cols: i32, source: usize, sourceStride: i32, table: usize): void {
  for (let i = 0; i < count; i++) {
    const row = <usize>load<i32>(index + (<usize>i << 2));
    axpy(cols, 1, source + (<usize>(i * sourceStride) << 2), table + row * (<usize>cols << 2));
  }
}

/** y += scale · x over n floats. */
// @ts-ignore: decorator
@inline
export function axpy(n: i32, scale: f32, x: usize, y: usize): void {
  const s = f32x4.splat(scale);
  const whole = <usize>(n & ~3) << 2;
  let i: usize = 0;
  for (; i < whole; i += 16) v128.store(y + i, madd(s, v128.load(x + i), v128.load(y + i)));
  for (; i < <usize>n << 2; i += 4) store<f32>(y + i, load<f32>(y + i) + scale * load<f32>(x + i));
}

/** out[i] = table[index[i]] for 32-bit values of any kind. */
export function take(count: i32, index: usize, table: usize, out: usize): void {
  for (let i: usize = 0; i < <usize>count << 2; i += 4) {
    store<i32>(out + i, load<i32>(table + (<usize>load<i32>(index + i) << 2)));
  }
}

/**
 * The distinct values of index[0 … count): written to `unique` from place `found` on (its length so far), and local[i] = place of index[i].
 * `place` holds one integer for each possible value and needs no clearing: an entry counts only if `unique` points back.
 */
export function distinct(count: i32, index: usize, place: usize, unique: usize, found: i32, local: usize): i32 {
  for (let i: usize = 0; i < <usize>count << 2; i += 4) {
    const value = load<i32>(index + i);
    const at = place + (<usize>value << 2);
    let position = load<i32>(at);
    if (<u32>position >= <u32>found || load<i32>(unique + (<usize>position << 2)) != value) {
      position = found++;
      store<i32>(at, position);
      store<i32>(unique + (<usize>position << 2), value);
    }
    store<i32>(local + i, position);
  }
  return found;
}

/** Column sums: out[j] += sum over rows of x[i, j]. */
export function addColumns(rows: i32, cols: i32, x: usize, out: usize): void {
  for (let i = 0; i < rows; i++) axpy(cols, 1, x + (<usize>(i * cols) << 2), out);
}

/** A random order in place (Fisher-Yates; xoshiro128** whose state is the four words at `state`, updated). */
export function shuffle(n: i32, values: usize, state: usize): void {
  for (let i = n - 1; i > 0; i--) {
    const j = <i32>((<u64>nextWord(state) * <u64>(i + 1)) >> 32);
    const at = values + (<usize>i << 2), other = values + (<usize>j << 2);
    const held = load<i32>(at);
    store<i32>(at, load<i32>(other));
    store<i32>(other, held);
  }
}

function nextWord(state: usize): u32 {
  let a = load<u32>(state), b = load<u32>(state, 4), c = load<u32>(state, 8), d = load<u32>(state, 12);
  const result = rotl<u32>(b * 5, 7) * 9;
  const t = b << 9;
  c ^= a; d ^= b; b ^= c; a ^= d; c ^= t;
  d = rotl<u32>(d, 11);
  store<u32>(state, a); store<u32>(state, b, 4); store<u32>(state, c, 8); store<u32>(state, d, 12);
  return result;
}

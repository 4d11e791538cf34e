// Two items at once: where f is linear, or linear in its last layer, a comparison needs only differences of rows.
// Rows are read by index and handled four lanes at a time with a scalar tail.
import { axpy } from "./rows";
import { dot } from "./weights";
import { madd } from "./math";

// @ts-ignore: decorator
@inline
function at(table: usize, index: usize, b: usize, cols: i32): usize {
  return table + (<usize>(load<i32>(index + b) * cols) << 2);
}

/** out[b, :] = table[right[b], :] - table[left[b], :]; rows of `out` are `outStride` floats apart. */
export function differences(
  count: i32, cols: i32, table: usize, left: usize, right: usize, out: usize, outStride: i32,
): void {
  const whole = <usize>(cols & ~3) << 2;
  for (let b: usize = 0; b < <usize>count << 2; b += 4) {
    const l = at(table, left, b, cols), r = at(table, right, b, cols);
    let i: usize = 0;
    for (; i < whole; i += 16) v128.store(out + i, f32x4.sub(v128.load(r + i), v128.load(l + i)));
    for (; i < <usize>cols << 2; i += 4) store<f32>(out + i, load<f32>(r + i) - load<f32>(l + i));
    out += <usize>outStride << 2;
  }
}

/** Backward of {@link differences}: table[right[b], :] += d[b, :], table[left[b], :] -= d[b, :]. */
export function addDifferences(count: i32, cols: i32, d: usize, left: usize, right: usize, table: usize): void {
  for (let b: usize = 0; b < <usize>count << 2; b += 4) {
    axpy(cols, 1, d, at(table, right, b, cols));
    axpy(cols, -1, d, at(table, left, b, cols));
    d += <usize>cols << 2;
  }
}

/** difference[b, :] = l - r and sum[b, :] = l + r - 2 point, for l, r = table[left[b]], table[right[b]] and point = points[user[b]]. */
export function differencesAndSums(
  count: i32, cols: i32, table: usize, left: usize, right: usize, points: usize, user: usize, difference: usize, sum: usize,
): void {
  const whole = <usize>(cols & ~3) << 2;
  const minusTwo = f32x4.splat(-2);
  for (let b: usize = 0; b < <usize>count << 2; b += 4) {
    const l = at(table, left, b, cols), r = at(table, right, b, cols), p = at(points, user, b, cols);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      const x = v128.load(l + i), y = v128.load(r + i);
      v128.store(difference + i, f32x4.sub(x, y));
      v128.store(sum + i, madd(minusTwo, v128.load(p + i), f32x4.add(x, y)));
    }
    for (; i < <usize>cols << 2; i += 4) {
      const x = load<f32>(l + i), y = load<f32>(r + i);
      store<f32>(difference + i, x - y);
      store<f32>(sum + i, x + y - 2 * load<f32>(p + i));
    }
    difference += <usize>cols << 2;
    sum += <usize>cols << 2;
  }
}

/**
 * Backward of score[b] = <q[b], sum[b]> where q is linear in the differences: difference[b, :] is scaled by dScore[b] in place, and
 * dPoints[user[b], :] -= 2 dScore[b] q[b, :].
 */
export function sumsBackward(count: i32, cols: i32, dScore: usize, q: usize, user: usize, difference: usize, dPoints: usize): void {
  const whole = <usize>(cols & ~3) << 2;
  for (let b: usize = 0; b < <usize>count << 2; b += 4) {
    const g = load<f32>(dScore + b);
    const scale = f32x4.splat(g);
    let i: usize = 0;
    for (; i < whole; i += 16) v128.store(difference + i, f32x4.mul(scale, v128.load(difference + i)));
    for (; i < <usize>cols << 2; i += 4) store<f32>(difference + i, g * load<f32>(difference + i));
    if (g != 0) axpy(cols, -2 * g, q, at(dPoints, user, b, cols));
    difference += <usize>cols << 2;
    q += <usize>cols << 2;
  }
}

/** score[b] = <x[b], y[b]>. */
export function rowDots(count: i32, cols: i32, x: usize, y: usize, score: usize): void {
  for (let b: usize = 0; b < <usize>count << 2; b += 4) {
    store<f32>(score + b, dot(cols, x, y));
    x += <usize>cols << 2;
    y += <usize>cols << 2;
  }
}

/** Backward of {@link rowDots}: dx[b] = dScore[b] y[b], dy[b] = dScore[b] x[b]. */
export function rowDotsBackward(count: i32, cols: i32, x: usize, y: usize, dScore: usize, dx: usize, dy: usize): void {
  const whole = <usize>(cols & ~3) << 2;
  for (let b: usize = 0; b < <usize>count << 2; b += 4) {
    const g = load<f32>(dScore + b);
    const scale = f32x4.splat(g);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      v128.store(dx + i, f32x4.mul(scale, v128.load(y + i)));
      v128.store(dy + i, f32x4.mul(scale, v128.load(x + i)));
    }
    for (; i < <usize>cols << 2; i += 4) {
      store<f32>(dx + i, g * load<f32>(y + i));
      store<f32>(dy + i, g * load<f32>(x + i));
    }
    x += <usize>cols << 2;
    y += <usize>cols << 2;
    dx += <usize>cols << 2;
    dy += <usize>cols << 2;
  }
}

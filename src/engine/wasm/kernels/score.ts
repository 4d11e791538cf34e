// Scores of comparisons and their backward passes. z [·, d] are projected items, u [·, d] user points;
// left, right and user are places in them. A score > 0 means that the right item is preferred.
import { axpy } from "./rows";
import { dot } from "./weights";
import { madd, sum4 } from "./math";

// @ts-ignore: decorator
@inline
function squaredDistance(d: i32, x: usize, y: usize): f32 {
  const whole = <usize>(d & ~3) << 2;
  let sum = f32x4.splat(0);
  let i: usize = 0;
  for (; i < whole; i += 16) {
    const difference = f32x4.sub(v128.load(x + i), v128.load(y + i));
    sum = madd(difference, difference, sum);
  }
  let total = sum4(sum);
  for (; i < <usize>d << 2; i += 4) {
    const difference = load<f32>(x + i) - load<f32>(y + i);
    total += difference * difference;
  }
  return total;
}

// @ts-ignore: decorator
@inline
function at(table: usize, index: usize, b: i32, d: i32): usize {
  return table + (<usize>(load<i32>(index + (<usize>b << 2)) * d) << 2);
}

/** score[b] = h(|z_left - u|²) - h(|z_right - u|²), h = identity (squared) or square root (plain). */
export function distanceScore(count: i32, d: i32, z: usize, u: usize, left: usize, right: usize, user: usize, plain: bool, score: usize): void {
  for (let b = 0; b < count; b++) {
    const point = at(u, user, b, d);
    const l = squaredDistance(d, at(z, left, b, d), point);
    const r = squaredDistance(d, at(z, right, b, d), point);
    store<f32>(score + (<usize>b << 2), plain ? sqrt(l) - sqrt(r) : l - r);
  }
}

/** Adds to dz and du. At distance 0 the plain distance has no gradient; 0 is taken, as PyTorch's norm does. */
export function distanceBackward(
  count: i32, d: i32, z: usize, u: usize, left: usize, right: usize, user: usize, plain: bool, dScore: usize, dz: usize, du: usize,
): void {
  for (let b = 0; b < count; b++) {
    const g = load<f32>(dScore + (<usize>b << 2));
    if (g == 0) continue;
    const point = at(u, user, b, d), dPoint = at(du, user, b, d);
    pull(d, at(z, left, b, d), point, g, plain, at(dz, left, b, d), dPoint);
    pull(d, at(z, right, b, d), point, -g, plain, at(dz, right, b, d), dPoint);
  }
}

/** Gradient of g · h(|x - y|²): to dx, and its negative to dy. */
// @ts-ignore: decorator
@inline
function pull(d: i32, x: usize, y: usize, g: f32, plain: bool, dx: usize, dy: usize): void {
  let factor: f32 = 2 * g;
  if (plain) {
    const distance = sqrt(squaredDistance(d, x, y));
    factor = distance > 0 ? g / distance : 0;
  }
  const f = f32x4.splat(factor);
  const whole = <usize>(d & ~3) << 2;
  let i: usize = 0;
  for (; i < whole; i += 16) {
    const step = f32x4.mul(f, f32x4.sub(v128.load(x + i), v128.load(y + i)));
    v128.store(dx + i, f32x4.add(v128.load(dx + i), step));
    v128.store(dy + i, f32x4.sub(v128.load(dy + i), step));
  }
  for (; i < <usize>d << 2; i += 4) {
    const step = factor * (load<f32>(x + i) - load<f32>(y + i));
    store<f32>(dx + i, load<f32>(dx + i) + step);
    store<f32>(dy + i, load<f32>(dy + i) - step);
  }
}

/** score[b] = <z_right, u> - <z_left, u>. */
export function innerScore(count: i32, d: i32, z: usize, u: usize, left: usize, right: usize, user: usize, score: usize): void {
  for (let b = 0; b < count; b++) {
    const point = at(u, user, b, d);
    store<f32>(score + (<usize>b << 2), dot(d, at(z, right, b, d), point) - dot(d, at(z, left, b, d), point));
  }
}

/** Adds to dz and du. */
export function innerBackward(
  count: i32, d: i32, z: usize, u: usize, left: usize, right: usize, user: usize, dScore: usize, dz: usize, du: usize,
): void {
  for (let b = 0; b < count; b++) {
    const g = load<f32>(dScore + (<usize>b << 2));
    if (g == 0) continue;
    const point = at(u, user, b, d), dPoint = at(du, user, b, d);
    axpy(d, g, at(z, right, b, d), dPoint);
    axpy(d, -g, at(z, left, b, d), dPoint);
    axpy(d, g, point, at(dz, right, b, d));
    axpy(d, -g, point, at(dz, left, b, d));
  }
}

/** score[b] = scale · (cos(z_right, u) - cos(z_left, u)); a vector of length 0 has cosine 0 with every other, and no gradient. */
export function cosineScore(count: i32, d: i32, z: usize, u: usize, left: usize, right: usize, user: usize, scale: f32, score: usize): void {
  for (let b = 0; b < count; b++) {
    const point = at(u, user, b, d);
    const difference = cosine(d, at(z, right, b, d), point) - cosine(d, at(z, left, b, d), point);
    store<f32>(score + (<usize>b << 2), scale * difference);
  }
}

/** Adds to dz and du; returns the gradient of the scale. */
export function cosineBackward(
  count: i32, d: i32, z: usize, u: usize, left: usize, right: usize, user: usize, scale: f32, dScore: usize, dz: usize, du: usize,
): f64 {
  let dScale: f64 = 0;
  for (let b = 0; b < count; b++) {
    const g = load<f32>(dScore + (<usize>b << 2));
    if (g == 0) continue;
    const point = at(u, user, b, d), dPoint = at(du, user, b, d);
    dScale += g * turn(d, at(z, right, b, d), point, scale * g, at(dz, right, b, d), dPoint);
    dScale -= g * turn(d, at(z, left, b, d), point, -scale * g, at(dz, left, b, d), dPoint);
  }
  return dScale;
}

// @ts-ignore: decorator
@inline
function cosine(d: i32, x: usize, y: usize): f32 {
  const lengths = sqrt(dot(d, x, x)) * sqrt(dot(d, y, y));
  return lengths > 0 ? dot(d, x, y) / lengths : 0;
}

/** Adds the gradient of g · cos(x, y) to dx and dy; returns cos(x, y). */
// @ts-ignore: decorator
@inline
function turn(d: i32, x: usize, y: usize, g: f32, dx: usize, dy: usize): f32 {
  const xx = dot(d, x, x), yy = dot(d, y, y);
  const lengths = sqrt(xx) * sqrt(yy);
  if (lengths == 0) return 0;
  const inverse: f32 = 1 / lengths;
  const c = dot(d, x, y) * inverse;
  axpy(d, g * inverse, y, dx);
  axpy(d, (-g * c) / xx, x, dx);
  axpy(d, g * inverse, x, dy);
  axpy(d, (-g * c) / yy, y, dy);
  return c;
}

// Tiles of 5 (or 4) rows x 8 columns of C, held in ten registers while the depth runs, which leaves room for two of B, one of A and
// one product (16 in all; not unrolled, since more live values spill). Rows are cut into tiles of 5 and at the end of 4, so
// every m >= 12 fits. Every number of C is one sum in the order of the depth: how a product is cut changes no bits.
import { madd } from "./math";
import { transpose4 } from "./pack";

/** A's rows of one tile, side by side at each depth: [k, 5 or 4]. */
export function packTile(isFive: bool, k: i32, a: usize, aRow: i32, aDepth: i32, packed: usize): void {
  const rowBytes = <usize>aRow << 2, depthBytes = <usize>aDepth << 2;
  const step: usize = isFive ? 20 : 16;
  let p = 0;
  if (aRow == 1) {
    for (; p < k; p++) {
      v128.store(packed, v128.load(a));
      if (isFive) store<f32>(packed, load<f32>(a, 16), 16);
      a += depthBytes;
      packed += step;
    }
    return;
  }
  if (aDepth == 1) {
    for (; p + 4 <= k; p += 4) {
      transpose4(a, rowBytes, packed, step);
      if (isFive) {
        const last = v128.load(a + 4 * rowBytes);
        v128.store_lane<f32>(packed, last, 0, 16);
        v128.store_lane<f32>(packed, last, 1, 36);
        v128.store_lane<f32>(packed, last, 2, 56);
        v128.store_lane<f32>(packed, last, 3, 76);
      }
      a += 16;
      packed += 4 * step;
    }
  }
  for (; p < k; p++) {
    for (let i: usize = 0; i < step >> 2; i++) store<f32>(packed + (i << 2), load<f32>(a + i * rowBytes));
    a += depthBytes;
    packed += step;
  }
}

/** Adds a tile of 8 columns to `width` columns of C, or copies it. */
export function copyTile(rows: i32, width: i32, tile: usize, c: usize, cBytes: usize, accumulate: bool): void {
  for (let r = 0; r < rows; r++) {
    if (width == 8) {
      const low = v128.load(tile), high = v128.load(tile, 16);
      v128.store(c, accumulate ? f32x4.add(v128.load(c), low) : low);
      v128.store(c, accumulate ? f32x4.add(v128.load(c, 16), high) : high, 16);
    } else {
      for (let j: usize = 0; j < <usize>width << 2; j += 4) {
        const value = load<f32>(tile + j);
        store<f32>(c + j, accumulate ? load<f32>(c + j) + value : value);
      }
    }
    tile += 32;
    c += cBytes;
  }
}

// @ts-ignore: decorator
@inline
function put(c: usize, low: v128, high: v128): void {
  v128.store(c, low);
  v128.store(c, high, 16);
}

// Tiles are functions of their own: inlined into the loops around them, their registers spill. Those "On" go on with what C holds.

export function tile5(k: i32, a: usize, b: usize, c: usize, cBytes: usize): void {
  sum(true, false, k, a, b, c, cBytes);
}

export function tile5On(k: i32, a: usize, b: usize, c: usize, cBytes: usize): void {
  sum(true, true, k, a, b, c, cBytes);
}

export function tile4(k: i32, a: usize, b: usize, c: usize, cBytes: usize): void {
  sum(false, false, k, a, b, c, cBytes);
}

export function tile4On(k: i32, a: usize, b: usize, c: usize, cBytes: usize): void {
  sum(false, true, k, a, b, c, cBytes);
}

// @ts-ignore: decorator
@inline
function start(goesOn: bool, c: usize): v128 {
  return goesOn ? v128.load(c) : f32x4.splat(0);
}

// @ts-ignore: decorator
@inline
function sum(isFive: bool, goesOn: bool, k: i32, a: usize, b: usize, c: usize, cBytes: usize): void {
  let c00 = start(goesOn, c), c01 = start(goesOn, c + 16);
  let c10 = start(goesOn, c + cBytes), c11 = start(goesOn, c + cBytes + 16);
  let c20 = start(goesOn, c + 2 * cBytes), c21 = start(goesOn, c + 2 * cBytes + 16);
  let c30 = start(goesOn, c + 3 * cBytes), c31 = start(goesOn, c + 3 * cBytes + 16);
  let c40 = start(isFive && goesOn, c + 4 * cBytes), c41 = start(isFive && goesOn, c + 4 * cBytes + 16);
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = madd(x, b0, c10); c11 = madd(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = madd(x, b0, c20); c21 = madd(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = madd(x, b0, c30); c31 = madd(x, b1, c31);
    if (isFive) {
      x = v128.load32_splat(a, 16);
      c40 = madd(x, b0, c40); c41 = madd(x, b1, c41);
    }
    a += isFive ? 20 : 16;
    b += 32;
  }
  put(c, c00, c01);
  put(c + cBytes, c10, c11);
  put(c + 2 * cBytes, c20, c21);
  put(c + 3 * cBytes, c30, c31);
  if (isFive) put(c + 4 * cBytes, c40, c41);
}

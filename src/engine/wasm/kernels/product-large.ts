// Products whose operands are worth copying: both are packed so that the inner loop reads two contiguous streams.
// Tiling: 5 rows x 8 columns of C are held in ten registers while the depth runs, which leaves room for two of B, one of A and
// one product (16 in all; not unrolled, since more live values spill). Rows are cut into tiles of 5 and at the end of 4, so
// every m >= 12 fits. A is packed once, [tile][k][5 or 4]; B in panels of 8 columns, [k][8], zero-padded at the right edge.
import { packPanel } from "./pack";
import { madd } from "./math";

/** As `product`, for m >= 12. `panel` is scratch of 8 * k + 40 floats, `packed` of m * k floats, both 16-byte aligned. */
export function productLarge(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aDepth: i32,
  b: usize, bDepth: i32, bCol: i32,
  c: usize, accumulate: bool, panel: usize, packed: usize,
): void {
  const fours = (5 - m % 5) % 5;
  const fives = (m - 4 * fours) / 5;
  packRows(m, k, fives, a, aRow, aDepth, packed);
  const cBytes = <usize>n << 2;
  const edge = panel + (<usize>k << 5);
  for (let j = 0; j < n; j += 8) {
    const width = min(8, n - j);
    packPanel(k, width, b + (<usize>(j * bCol) << 2), bDepth, bCol, panel);
    const direct = width == 8 && !accumulate;
    let from = packed;
    let to = c + (<usize>j << 2);
    for (let t = 0; t < fives; t++) {
      tile5(k, from, panel, direct ? to : edge, direct ? cBytes : 32);
      if (!direct) copyTile(5, width, edge, to, cBytes, accumulate);
      from += <usize>(5 * k) << 2;
      to += 5 * cBytes;
    }
    for (let t = 0; t < fours; t++) {
      tile4(k, from, panel, direct ? to : edge, direct ? cBytes : 32);
      if (!direct) copyTile(4, width, edge, to, cBytes, accumulate);
      from += <usize>(4 * k) << 2;
      to += 4 * cBytes;
    }
  }
}

/** Rows of A, 5 (then 4) side by side at each depth. */
function packRows(m: i32, k: i32, fives: i32, a: usize, aRow: i32, aDepth: i32, packed: usize): void {
  const rowBytes = <usize>aRow << 2, depthBytes = <usize>aDepth << 2;
  for (let i = 0; i < m;) {
    const isFive = i < 5 * fives;
    let a0 = a + <usize>i * rowBytes, a1 = a0 + rowBytes, a2 = a1 + rowBytes, a3 = a2 + rowBytes, a4 = a3 + rowBytes;
    for (let p = 0; p < k; p++) {
      store<f32>(packed, load<f32>(a0));
      store<f32>(packed, load<f32>(a1), 4);
      store<f32>(packed, load<f32>(a2), 8);
      store<f32>(packed, load<f32>(a3), 12);
      packed += 16;
      if (isFive) {
        store<f32>(packed, load<f32>(a4));
        packed += 4;
      }
      a0 += depthBytes; a1 += depthBytes; a2 += depthBytes; a3 += depthBytes; a4 += depthBytes;
    }
    i += isFive ? 5 : 4;
  }
}

/** Tiles store whole and plainly (a flag in them costs registers in their loop); the rest is done here. */
function copyTile(rows: i32, width: i32, edge: usize, c: usize, cBytes: usize, accumulate: bool): void {
  for (let r = 0; r < rows; r++) {
    if (width == 8) {
      v128.store(c, f32x4.add(v128.load(c), v128.load(edge)));
      v128.store(c, f32x4.add(v128.load(c, 16), v128.load(edge, 16)), 16);
    } else {
      for (let j: usize = 0; j < <usize>width << 2; j += 4) {
        const value = load<f32>(edge + j);
        store<f32>(c + j, accumulate ? load<f32>(c + j) + value : value);
      }
    }
    edge += 32;
    c += cBytes;
  }
}

// @ts-ignore: decorator
@inline
function put(c: usize, low: v128, high: v128): void {
  v128.store(c, low);
  v128.store(c, high, 16);
}

export function tile5(k: i32, a: usize, b: usize, c: usize, cBytes: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0);
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
    x = v128.load32_splat(a, 16);
    c40 = madd(x, b0, c40); c41 = madd(x, b1, c41);
    a += 20;
    b += 32;
  }
  put(c, c00, c01);
  put(c + cBytes, c10, c11);
  put(c + 2 * cBytes, c20, c21);
  put(c + 3 * cBytes, c30, c31);
  put(c + 4 * cBytes, c40, c41);
}

export function tile4(k: i32, a: usize, b: usize, c: usize, cBytes: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
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
    a += 16;
    b += 32;
  }
  put(c, c00, c01);
  put(c + cBytes, c10, c11);
  put(c + 2 * cBytes, c20, c21);
  put(c + 3 * cBytes, c30, c31);
}

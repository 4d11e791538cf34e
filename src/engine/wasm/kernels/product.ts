// Matrix products. One routine serves nn, nt and tn: A and B are given with their strides.
// Tiling: 4 rows x 8 columns of C are held in eight registers while the depth runs; B is read in panels of 8 columns,
// copied into contiguous memory (and zero-padded at the right edge) where its own layout would stride too far.
import { packPanel } from "./pack";
import { madd } from "./math";
import { axpy } from "./rows";

/**
 * C[m, n] = A · B, or C += A · B. A's element (i, p) is at a[i * aRow + p * aDepth], B's (p, j) at b[p * bDepth + j * bCol];
 * C is row-major with n columns. `panel` is scratch of 8 * k + 8 floats, 16-byte aligned.
 */
export function product(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aDepth: i32,
  b: usize, bDepth: i32, bCol: i32,
  c: usize, accumulate: bool, panel: usize,
): void {
  if (k == 1 && bCol == 1) return outer(m, n, a, aRow, b, c, accumulate);
  if (n == 1 && aRow == 1 && m >= 8) return weightedRows(m, k, a, aDepth, b, bDepth, c, accumulate, panel);
  // a copy that few rows of C use costs more than it saves, unless B's rows lie so that they push each other out of the cache
  const isThin = m <= 8 && (bDepth & 255) != 0;
  const mustPack = bCol != 1 || (bDepth > 128 && !isThin);
  const rowBytes = <usize>aRow << 2;
  const depthBytes = <usize>aDepth << 2;
  const cBytes = <usize>n << 2;
  for (let j = 0; j < n; j += 8) {
    const width = min(8, n - j);
    let source = b + (<usize>(j * bCol) << 2);
    let stride = <usize>bDepth << 2;
    if (mustPack || width < 8) {
      packPanel(k, width, source, bDepth, bCol, panel);
      source = panel;
      stride = 32;
    }
    const edge = panel + (<usize>k << 5);
    let i = 0;
    for (; i + 4 <= m; i += 4) {
      tile4(k, a + <usize>i * rowBytes, rowBytes, depthBytes, source, stride, c + <usize>i * cBytes + (<usize>j << 2), cBytes, width, accumulate, edge);
    }
    for (; i < m; i++) {
      tile1(k, a + <usize>i * rowBytes, depthBytes, source, stride, c + <usize>i * cBytes + (<usize>j << 2), width, accumulate, edge);
    }
  }
}

/** C = or += a column times a row. 0 is added as to every sum: it makes -0 to 0. */
function outer(m: i32, n: i32, a: usize, aRow: i32, b: usize, c: usize, accumulate: bool): void {
  const zero = f32x4.splat(0);
  const whole = <usize>(n & ~3) << 2;
  for (let i = 0; i < m; i++) {
    const x = v128.load32_splat(a);
    let j: usize = 0;
    for (; j < whole; j += 16) {
      const value = madd(x, v128.load(b + j), zero);
      v128.store(c + j, accumulate ? f32x4.add(v128.load(c + j), value) : value);
    }
    for (; j < <usize>n << 2; j += 4) {
      const value = f32x4.extract_lane(madd(x, v128.load32_splat(b + j), zero), 0);
      store<f32>(c + j, accumulate ? load<f32>(c + j) + value : value);
    }
    a += <usize>aRow << 2;
    c += <usize>n << 2;
  }
}

/** One column of C: the sum of the depth's rows of A, each times B's number. */
function weightedRows(
  m: i32, k: i32, a: usize, aDepth: i32, b: usize, bDepth: i32, c: usize, accumulate: bool, sums: usize,
): void {
  memory.fill(sums, 0, <usize>m << 2);
  for (let p = 0; p < k; p++) {
    axpy(m, load<f32>(b), a, sums);
    a += <usize>aDepth << 2;
    b += <usize>bDepth << 2;
  }
  if (accumulate) axpy(m, 1, sums, c);
  else memory.copy(c, sums, <usize>m << 2);
}

// @ts-ignore: decorator
@inline
function put(c: usize, low: v128, high: v128, width: i32, accumulate: bool, edge: usize): void {
  if (width == 8) {
    if (accumulate) {
      v128.store(c, f32x4.add(v128.load(c), low));
      v128.store(c, f32x4.add(v128.load(c, 16), high), 16);
    } else {
      v128.store(c, low);
      v128.store(c, high, 16);
    }
    return;
  }
  v128.store(edge, low);
  v128.store(edge, high, 16);
  for (let j: usize = 0; j < <usize>width << 2; j += 4) {
    const value = load<f32>(edge + j);
    store<f32>(c + j, accumulate ? load<f32>(c + j) + value : value);
  }
}

function tile4(
  k: i32, a: usize, rowBytes: usize, depthBytes: usize, b: usize, stride: usize,
  c: usize, cBytes: usize, width: i32, accumulate: bool, edge: usize,
): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let a0 = a, a1 = a + rowBytes, a2 = a1 + rowBytes, a3 = a2 + rowBytes;
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10); c11 = madd(x, b1, c11);
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20); c21 = madd(x, b1, c21);
    x = v128.load32_splat(a3);
    c30 = madd(x, b0, c30); c31 = madd(x, b1, c31);
    a0 += depthBytes; a1 += depthBytes; a2 += depthBytes; a3 += depthBytes;
    b += stride;
  }
  put(c, c00, c01, width, accumulate, edge);
  put(c + cBytes, c10, c11, width, accumulate, edge);
  put(c + 2 * cBytes, c20, c21, width, accumulate, edge);
  put(c + 3 * cBytes, c30, c31, width, accumulate, edge);
}

function tile1(
  k: i32, a: usize, depthBytes: usize, b: usize, stride: usize, c: usize, width: i32, accumulate: bool, edge: usize,
): void {
  let low = f32x4.splat(0), high = f32x4.splat(0);
  for (let p = 0; p < k; p++) {
    const x = v128.load32_splat(a);
    low = madd(x, v128.load(b), low);
    high = madd(x, v128.load(b, 16), high);
    a += depthBytes;
    b += stride;
  }
  put(c, low, high, width, accumulate, edge);
}

// Products whose operands are worth copying: both are packed so that the inner loop of a tile reads two contiguous streams.
// B is packed in panels of 8 columns, [k][8], zero-padded at the right edge. A small B is packed whole, and A and C go by in groups
// of rows that stay in the first cache together; otherwise A is packed whole, and panels go by. Deep products of few rows and
// columns are cut along the depth.
import { finishRows } from "./activation";
import { packPanel } from "./pack";
import { copyTile, packTile, tile4, tile4On, tile5, tile5On } from "./tiles";

/** Numbers of B (with its edge) up to which it is packed whole, and of C up to which its sums are kept between stretches of the depth. */
const FEW = 8192;
/** Tiles of a group of rows. */
const GROUP = 6;
/** What a stretch of the depth is. */
const STRETCH = 128;

/**
 * As `product`, for m >= 12. `panel` is scratch of max(8 * k, 8192) + 40 floats, `packed` of k * max(m, n) floats, both 16-byte aligned.
 * Where `after` is not 0, rows are finished while they are at hand (see `finishRows`).
 */
export function productLarge(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aDepth: i32,
  b: usize, bDepth: i32, bCol: i32,
  c: usize, accumulate: bool, panel: usize, packed: usize,
  after: i32, kind: i32, other: usize, sums: usize,
): void {
  const columns = (n + 7) & ~7;
  if (k > 4 * STRETCH && m * columns <= FEW) {
    productDeep(m, n, k, a, aRow, aDepth, b, bDepth, bCol, c, accumulate, panel, packed);
    if (after) finishRows(after, kind, m, n, c, other, sums);
    return;
  }
  const isSmall = columns * k <= FEW;
  const fours = (5 - m % 5) % 5;
  const fives = (m - 4 * fours) / 5;
  const group = isSmall ? GROUP : fives + fours;
  const cBytes = <usize>n << 2;
  const room: i32 = k * (isSmall ? columns : <i32>8);
  const edge = panel + (<usize>room << 2);
  for (let first = 0; first < fives + fours; first += group) {
    const five = max(min(fives - first, group), 0);
    const four = min(fives + fours - first, group) - five;
    packGroup(five, four, k, a, aRow, aDepth, packed);
    const rows = 5 * five + 4 * four;
    a += <usize>rows * (<usize>aRow << 2);
    for (let j = 0; j < n; j += 8) {
      const width = min(8, n - j);
      const source = isSmall ? panel + (<usize>(j * k) << 2) : panel;
      if (first == 0) packPanel(k, width, b + (<usize>(j * bCol) << 2), bDepth, bCol, source);
      const direct = width == 8 && !accumulate;
      let from = packed;
      let to = c + (<usize>j << 2);
      for (let t = 0; t < five; t++) {
        tile5(k, from, source, direct ? to : edge, direct ? cBytes : 32);
        if (!direct) copyTile(5, width, edge, to, cBytes, accumulate);
        from += <usize>(5 * k) << 2;
        to += 5 * cBytes;
      }
      for (let t = 0; t < four; t++) {
        tile4(k, from, source, direct ? to : edge, direct ? cBytes : 32);
        if (!direct) copyTile(4, width, edge, to, cBytes, accumulate);
        from += <usize>(4 * k) << 2;
        to += 4 * cBytes;
      }
    }
    if (after) {
      finishRows(after, kind, rows, n, c, other, sums);
      if (after == 2) other += <usize>rows * cBytes;
    }
    c += <usize>rows * cBytes;
  }
}

/** So many tiles of 5 rows, and then of 4. */
function packGroup(fives: i32, fours: i32, k: i32, a: usize, aRow: i32, aDepth: i32, packed: usize): void {
  for (let t = 0; t < fives + fours; t++) {
    const rows = t < fives ? 5 : 4;
    packTile(t < fives, k, a, aRow, aDepth, packed);
    a += <usize>rows * (<usize>aRow << 2);
    packed += <usize>(rows * k) << 2;
  }
}

/** Sums of all tiles lie behind A's packed stretch, [panel][row][8], and go on from stretch to stretch. */
function productDeep(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aDepth: i32,
  b: usize, bDepth: i32, bCol: i32,
  c: usize, accumulate: bool, panel: usize, packed: usize,
): void {
  const fours = (5 - m % 5) % 5;
  const fives = (m - 4 * fours) / 5;
  const sums = packed + (<usize>(m * STRETCH) << 2);
  memory.fill(sums, 0, <usize>(m * ((n + 7) & ~7)) << 2);
  for (let p = 0; p < k; p += STRETCH) {
    const depth = min(STRETCH, k - p);
    packGroup(fives, fours, depth, a + (<usize>p * (<usize>aDepth << 2)), aRow, aDepth, packed);
    let to = sums;
    for (let j = 0; j < n; j += 8) {
      packPanel(depth, min(8, n - j), b + ((<usize>p * <usize>bDepth + <usize>(j * bCol)) << 2), bDepth, bCol, panel);
      let from = packed;
      for (let t = 0; t < fives; t++) {
        tile5On(depth, from, panel, to, 32);
        from += <usize>(5 * depth) << 2;
        to += 160;
      }
      for (let t = 0; t < fours; t++) {
        tile4On(depth, from, panel, to, 32);
        from += <usize>(4 * depth) << 2;
        to += 128;
      }
    }
  }
  for (let j = 0; j < n; j += 8)
    copyTile(m, min(8, n - j), sums + (<usize>(m * j) << 2), c + (<usize>j << 2), <usize>n << 2, accumulate);
}

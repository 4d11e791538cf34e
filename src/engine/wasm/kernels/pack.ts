// Copying the columns of a matrix side by side, so that a product reads them as one stream.

/** Copies `width` <= 8 columns of B to [k, 8], zeros in the columns beyond. B's element (p, j) is at b[p * bDepth + j * bCol]. */
export function packPanel(k: i32, width: i32, b: usize, bDepth: i32, bCol: i32, panel: usize): void {
  const depthBytes = <usize>bDepth << 2, colBytes = <usize>bCol << 2;
  if (bCol == 1 && width == 8) {
    for (let p = 0; p < k; p++) {
      v128.store(panel, v128.load(b));
      v128.store(panel, v128.load(b, 16), 16);
      b += depthBytes;
      panel += 32;
    }
    return;
  }
  if (width < 8) memory.fill(panel, 0, <usize>k << 5);
  let p = 0;
  if (bDepth == 1 && width == 8) {
    for (; p + 4 <= k; p += 4) {
      transpose4(b, colBytes, panel, 32);
      transpose4(b + 4 * colBytes, colBytes, panel + 16, 32);
      b += 16;
      panel += 128;
    }
  }
  for (; p < k; p++) {
    for (let j: usize = 0; j < <usize>width; j++) store<f32>(panel + (j << 2), load<f32>(b + j * colBytes));
    b += depthBytes;
    panel += 32;
  }
}

/** Four vectors of four, `apart` bytes from each other, to their first, second, … numbers, `step` bytes from each other. */
// @ts-ignore: decorator
@inline
export function transpose4(from: usize, apart: usize, to: usize, step: usize): void {
  const x = v128.load(from), y = v128.load(from + apart);
  const z = v128.load(from + 2 * apart), w = v128.load(from + 3 * apart);
  const xy = v128.shuffle<f32>(x, y, 0, 4, 1, 5), zw = v128.shuffle<f32>(z, w, 0, 4, 1, 5);
  const XY = v128.shuffle<f32>(x, y, 2, 6, 3, 7), ZW = v128.shuffle<f32>(z, w, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(xy, zw, 0, 1, 4, 5));
  v128.store(to + step, v128.shuffle<f32>(xy, zw, 2, 3, 6, 7));
  v128.store(to + 2 * step, v128.shuffle<f32>(XY, ZW, 0, 1, 4, 5));
  v128.store(to + 3 * step, v128.shuffle<f32>(XY, ZW, 2, 3, 6, 7));
}

// The rate of our matrix product alone, for the floor of a step. The only place that looks behind the public surface.
import { compileKernels, Runtime } from "../../dist/engine/wasm/runtime.js";

const ROUNDS = 15;
const ROUND_MS = 8;

/** Floating point operations a microsecond of X · Wᵀ, [m, k] · [n, k]ᵀ: the median of short rounds. */
export async function productRate(build, size) {
  const runtime = new Runtime(await compileKernels(build));
  const { m, n, k } = size;
  runtime.reserveDepth(k);
  const ones = (count) => runtime.storeFloats(new Float32Array(count).fill(1));
  const [x, w, out] = [ones(m * k), ones(n * k), ones(m * n)];
  const rates = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    let products = 0;
    while (performance.now() - start < ROUND_MS) {
      for (let i = 0; i < 8; i++) runtime.productNT(size, x, w, out);
      products += 8;
    }
    return (products * 2 * m * n * k) / (1000 * (performance.now() - start));
  });
  return rates.sort((a, b) => a - b)[ROUNDS >> 1];
}

/** What is larger has no square among float32. */
const LARGEST = 1e19;

/** Whether a term of the loss is no number, infinite, or so large that steps computed from it cannot be. Kernels bound e^x, so it may be finite. */
export function isExploded(value: number): boolean {
  return !(Math.abs(value) <= LARGEST);
}

/** What a weight is multiplied by in the given pass: it rises from 0 to 1 within so many passes, level at both ends; with 0 of them it is 1 at once. */
export function warmth(pass: number, passes: number): number {
  if (pass >= passes) return 1;
  const x = pass / passes;
  return x * x * (3 - 2 * x);
}

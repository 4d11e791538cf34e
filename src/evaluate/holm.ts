/** Holm's correction (1979) of p-values: the smallest p times the number of tests, the next times one less, and never below one before. */
export function holm(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let before = 0;
  order.forEach((index, rank) => {
    before = Math.min(1, Math.max(before, (pValues.length - rank) * pValues[index]));
    adjusted[index] = before;
  });
  return adjusted;
}

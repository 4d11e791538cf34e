import jstat from "jstat";

/**
 * Least squares of ln y on ln x over the larger half of the sizes, three at least: at small sizes fixed costs hide the growth.
 * @returns exponent with its 95 % t interval, the factor, and the sizes that it was fitted on
 */
export function fitExponent(points) {
  const sizes = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const used = sizes.slice(-Math.max(3, Math.ceil(sizes.length / 2)));
  const logs = points
    .filter(({ x, y }) => used.includes(x) && y > 0)
    .map(({ x, y }) => [Math.log(x), Math.log(y)]);
  const n = logs.length;
  const mean = (at) => logs.reduce((sum, pair) => sum + pair[at], 0) / n;
  const [mx, my] = [mean(0), mean(1)];
  const sxx = logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const exponent = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / sxx;
  const residual = logs.reduce((sum, [x, y]) => sum + (y - my - exponent * (x - mx)) ** 2, 0);
  const margin = jstat.studentt.inv(0.975, n - 2) * Math.sqrt(residual / (n - 2) / sxx);
  return {
    exponent: Number(exponent.toFixed(3)),
    low: Number((exponent - margin).toFixed(3)),
    high: Number((exponent + margin).toFixed(3)),
    factor: Math.exp(my - exponent * mx),
    from: used[0],
    to: used[used.length - 1],
  };
}

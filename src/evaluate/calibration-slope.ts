const SLOPE_STEPS = 30;
const STEEPEST = 20;

/**
 * Slope of the logistic regression of answers on predicted log odds, intercept beside it (Cox 1958). Undefined where all predictions are one or
 * answers are so well predicted that no slope is finite.
 */
export function calibrationSlope(
  p: Float64Array,
  label: ArrayLike<number>,
  weight?: ArrayLike<number>,
): number | undefined {
  const odds = p.map((value) => {
    const inside = Math.min(1 - 1e-6, Math.max(1e-6, value));
    return Math.log(inside / (1 - inside));
  });
  if (odds.length < 2 || odds.every((value) => Math.abs(value - odds[0]) < 1e-9)) return undefined;
  let [intercept, slope] = [0, 1];
  for (let step = 0; step < SLOPE_STEPS; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 1e-9, 0, 1e-9];
    odds.forEach((x, row) => {
      const w = weight?.[row] ?? 1;
      const q = 1 / (1 + Math.exp(-(intercept + slope * x)));
      const [residual, curve] = [w * ((label[row] > 0 ? 1 : 0) - q), w * q * (1 - q)];
      ga += residual;
      gb += residual * x;
      haa += curve;
      hab += curve * x;
      hbb += curve * x * x;
    });
    const determinant = haa * hbb - hab * hab;
    if (!(determinant > 1e-12)) return undefined;
    const [da, db] = [(hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant];
    const scale = Math.min(1, 1 / Math.max(Math.abs(da), Math.abs(db), 1e-12));
    intercept += scale * da;
    slope += scale * db;
    if (Math.abs(slope) > STEEPEST) return undefined;
    if (Math.abs(da) + Math.abs(db) < 1e-9) break;
  }
  return slope;
}

import { featureDimension, type FeatureTable } from "../../data/index.js";

/** A feature over the rows of its table. */
export interface Moments {
  readonly mean: number;
  /** Standard deviation of the population. */
  readonly deviation: number;
  /** Whether it differs from its mean by rounding alone. */
  readonly isConstant: boolean;
}

/** Mean and standard deviation of each feature of a table. */
export function momentsOf(table: FeatureTable): Moments[] {
  const { features = new Float32Array(0), ids } = table;
  const width = featureDimension(table);
  return Array.from({ length: width }, (_, column) => {
    let [sum, squared] = [0, 0];
    for (let i = column; i < features.length; i += width) sum += features[i];
    const mean = sum / ids.length;
    for (let i = column; i < features.length; i += width) squared += (features[i] - mean) ** 2;
    const deviation = Math.sqrt(squared / ids.length);
    return { mean, deviation, isConstant: deviation <= 1e-6 * Math.abs(mean) };
  });
}

import type { PreferenceData } from "../../data/index.js";

/**
 * The data with each feature of its items less its mean and divided by its standard deviation, over items; a feature that never changes becomes 0.
 * Prices beside ratings would otherwise decide alone what the first steps of a training see.
 */
export function standardFeatures(data: PreferenceData): PreferenceData {
  const { features, ids } = data.items;
  if (features === undefined) return data;
  const d = features.length / ids.length;
  const scaled = new Float32Array(features.length);
  for (let column = 0; column < d; column++) {
    let [sum, squared] = [0, 0];
    for (let i = column; i < features.length; i += d) sum += features[i];
    const mean = sum / ids.length;
    for (let i = column; i < features.length; i += d) squared += (features[i] - mean) ** 2;
    const deviation = Math.sqrt(squared / ids.length);
    // rounding alone makes a constant column differ from its mean
    const isConstant = deviation <= 1e-6 * Math.abs(mean);
    for (let i = column; i < features.length; i += d)
      scaled[i] = isConstant ? 0 : (features[i] - mean) / deviation;
  }
  return { ...data, items: { ...data.items, features: scaled } };
}

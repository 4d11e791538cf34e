import { UMAP } from "umap-js";
import { checkInteger, checkKeys, checkNumber, checkOneOf, InputError, RandomStream } from "../core/index.js";
import { checkPoints, fromRows, toRows, type Points } from "./points.js";

/** Options of {@link umapProjection}. */
export interface UmapOptions {
  readonly seed: number;
  /** How many neighbours make a neighbourhood, 2 … n - 1; default 15. */
  readonly nNeighbors?: number;
  /** How close points may lie in the picture, 0-1; default 0.1. */
  readonly minDist?: number;
  /** Dimensions of the result, default 2. */
  readonly components?: number;
  /** Default "euclidean". */
  readonly metric?: "euclidean" | "cosine";
  /** Optimisation passes; default 500 for up to 2500 points, less above. */
  readonly epochs?: number;
}

/**
 * A UMAP projection: near points stay near; distances between clusters mean little. The same seed gives the same bits.
 * Guards against what umap-js 1.4.0 lets pass: no seed, NaN, ragged rows, unknown options, too few points.
 * @returns shape [n, components]
 * @throws InputError
 */
export function umapProjection(points: Points, options: UmapOptions): Points {
  checkKeys("umapProjection", options, ["seed", "nNeighbors", "minDist", "components", "metric", "epochs"]);
  const { seed, nNeighbors = 15, minDist = 0.1, components = 2, metric = "euclidean", epochs } = options;
  checkInteger("umapProjection: seed", seed);
  const n = checkPoints("umapProjection: points", points, 3);
  checkInteger("umapProjection: nNeighbors", nNeighbors, { min: 2, max: n - 1 });
  checkNumber("umapProjection: minDist", minDist, { min: 0, max: 1 });
  checkInteger("umapProjection: components", components, { min: 1 });
  checkOneOf("umapProjection: metric", metric, ["euclidean", "cosine"]);
  if (epochs !== undefined) checkInteger("umapProjection: epochs", epochs, { min: 1 });
  const rng = new RandomStream(seed).split("umap");
  const umap = new UMAP({
    nNeighbors,
    minDist,
    nComponents: components,
    random: () => rng.uniform(),
    distanceFn: metric === "cosine" ? cosineDistance : euclideanDistance,
    ...(epochs === undefined ? {} : { nEpochs: epochs }),
  });
  const projected = umap.fit(toRows(points));
  if (projected.some((row) => !row.every(Number.isFinite))) {
    throw new InputError("umapProjection: gives values that are not finite; are many points the same?");
  }
  return fromRows(projected, components);
}

function euclideanDistance(x: number[], y: number[]): number {
  let sum = 0;
  for (let d = 0; d < x.length; d++) sum += (x[d] - y[d]) ** 2;
  return Math.sqrt(sum);
}

function cosineDistance(x: number[], y: number[]): number {
  let dot = 0;
  let xx = 0;
  let yy = 0;
  for (let d = 0; d < x.length; d++) {
    dot += x[d] * y[d];
    xx += x[d] * x[d];
    yy += y[d] * y[d];
  }
  // as umap-learn: two points without a direction are one, and from all others they are a right angle away
  if (xx === 0 || yy === 0) return xx === yy ? 0 : 1;
  return Math.max(0, 1 - dot / Math.sqrt(xx * yy));
}

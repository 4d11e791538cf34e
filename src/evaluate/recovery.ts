import { InputError } from "../core/index.js";
import { checkIsData, featureDimension, type PreferenceData, imagesUnder } from "../data/index.js";
import { applyAffine, procrustes } from "../project/index.js";
import { checkIsFitted, type FittedPrototypeModel } from "../train/index.js";

/** A learned latent space laid over the true one; all row-major with the true latent dimension as columns. */
export interface AlignedModel {
  readonly items: Float32Array;
  /** Shape [K, d]. */
  readonly prototypes: Float32Array;
  /** Shape [U, d]. */
  readonly users: Float32Array;
  /** Root mean square distance of an aligned item from its true place, in units of the true latent space. */
  readonly residual: number;
  readonly truth: {
    readonly items: Float32Array;
    readonly prototypes: Float32Array;
    readonly users: Float32Array;
  };
}

/**
 * Lays what Model A learned over the truth: the rotation, reflection and scale that bring projected items nearest to their true images move prototypes and users
 * too. Needed before looking: a model is the same under any rotation, and its scale comes from the margin.
 * @throws InputError when the data was not simulated, or the model is not Model A
 */
export function alignToTruth(fitted: FittedPrototypeModel, data: PreferenceData): AlignedModel {
  checkIsFitted("alignToTruth: fitted", fitted);
  checkIsData("alignToTruth: data", data);
  const { truth, items } = data;
  if (truth === undefined || items.features === undefined) {
    throw new InputError(
      `alignToTruth: needs simulated data, whose truth is known; ${data.source.name} has none`,
    );
  }
  const space = fitted.model.latent;
  if (space?.geometry !== "points")
    throw new InputError("alignToTruth: needs Model A, whose prototypes are points");
  const d = featureDimension(items);
  const images = {
    items: imagesUnder(truth.map, items.features, d),
    prototypes: imagesUnder(truth.map, truth.prototypes, d),
    users: imagesUnder(truth.map, truth.idealPoints, d),
  };
  const latent = { values: fitted.latentItems(items), dimension: space.dimension };
  const alignment = procrustes(latent, { values: images.items, dimension: d }, { scale: true });
  const move = (values: Float32Array): Float32Array =>
    applyAffine(alignment, { values, dimension: latent.dimension }).values;
  const users = fitted.users.map((user) => fitted.idealPoint(user));
  return {
    items: alignment.aligned.values,
    prototypes: move(fitted.prototypes()),
    users: move(Float32Array.from(users.flatMap((point) => [...point]))),
    residual: alignment.residual,
    truth: images,
  };
}

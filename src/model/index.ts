import { InputError, show } from "../core/index.js";
import { BradleyTerry, type BradleyTerryOptions } from "./bradley-terry.js";
import { PalA, type PalAOptions } from "./pal-a.js";
import { PalB, type PalBOptions } from "./pal-b.js";

export { NAMES, PARAMETER_GROUPS } from "./model.js";
export type {
  BaseModel,
  DataSizes,
  Init,
  LossKind,
  ParameterGroup,
  ParameterSpec,
  Parameters,
  PrototypeModel,
} from "./model.js";
export { dataSizes } from "./sizes.js";
export { layerName, parseArchitecture } from "./projector.js";
export type { Activation, Projector } from "./projector.js";
export { PalA, USER_POINTS } from "./pal-a.js";
export type { PalAOptions } from "./pal-a.js";
export { LARGEST_LOGIT_SCALE, PalB } from "./pal-b.js";
export type { PalBOptions } from "./pal-b.js";
export { BradleyTerry } from "./bradley-terry.js";
export type { BradleyTerryOptions } from "./bradley-terry.js";

/** Every model there is; an engine computes each by its `kind`. */
export type Model = PalA | PalB | BradleyTerry;

/** Whether users are points on a simplex over prototypes in this model. */
export function hasPrototypes(model: Model): model is PalA | PalB {
  return model.kind !== "bradley-terry";
}

/** The model that a saved configuration describes. @throws InputError for an unknown kind or a bad option */
export function modelFrom(config: { readonly [key: string]: unknown }): Model {
  const { kind, ...options } = config;
  switch (kind) {
    case "pal-a":
      return new PalA(options as unknown as PalAOptions);
    case "pal-b":
      return new PalB(options as unknown as PalBOptions);
    case "bradley-terry":
      return new BradleyTerry(options as unknown as BradleyTerryOptions);
    default:
      throw new InputError(`modelFrom: kind must be "pal-a", "pal-b" or "bradley-terry", got ${show(kind)}`);
  }
}

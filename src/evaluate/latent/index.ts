/** Models of latent users on worlds that know the truth: trained, and judged on new users. A browser runs it. */
export { fitLatent } from "./fit-latent.js";
export { ceilingsOf, dealt } from "./judged.js";
export { LATENT_MODEL_DEFAULTS, LATENT_MODELS, latentModel, latentRates } from "./model.js";
export type { LatentModelConfig, LatentModelName } from "./model.js";
export { accuracyUnder, statesOf } from "./states.js";

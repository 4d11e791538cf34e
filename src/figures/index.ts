export type { Figure, PlotlyObject } from "./figure.js";
export { simulationAccuracyVsK, personaAccuracyVsK } from "./accuracy-vs-k.js";
export { CHOICE_RULE, chosenK } from "./chosen-k.js";
export { simulationLatentSpace } from "./latent-space.js";
export type { LatentPanel, LatentSpace, PlanePoints } from "./latent-space.js";
export { personaQuery } from "./persona-query.js";
export type { PersonaQuery } from "./persona-query.js";
export * as theme from "./theme.js";

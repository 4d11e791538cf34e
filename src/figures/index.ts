export type { Figure, PlotlyObject } from "./figure.js";
export { simulationAccuracyVsK, personaAccuracyVsK } from "./accuracy-vs-k.js";
export { CHOICE_RULE, chosenK } from "./chosen-k.js";
export { simulationLatentSpace } from "./latent-space.js";
export type { LatentPanel, LatentSpace } from "./latent-space.js";
export { heaviest, planePoints } from "./plane-points.js";
export type { PlanePoints } from "./plane-points.js";
export { personaQuery } from "./persona-query.js";
export type { PersonaQuery } from "./persona-query.js";
export * as theme from "./theme.js";
export { methodComparison } from "./methods.js";
export { simulationPopulations } from "./populations.js";
export type { Populations } from "./populations.js";
export { userSimplex } from "./simplex.js";
export type { UserSimplex } from "./simplex.js";
export { statementMap } from "./statement-map.js";
export type { StatementMap } from "./statement-map.js";
export { trainingCurve } from "./training-curve.js";
export type { TrainingCurves } from "./training-curve.js";
export { tableOptions } from "./table-options.js";
export type { TableOptions } from "./table-options.js";
export {
  personaAccuracyVsDimension,
  personaAccuracyVsSamples,
  personaNewUsers,
  simulationAccuracyVsSamples,
  simulationNewUsers,
} from "./accuracy-vs-data.js";
export { simulationIdealPoints } from "./ideal-points.js";
export type { IdealPoints } from "./ideal-points.js";
export { pickAFilter } from "./pick-a-filter.js";
export { explorePrototypes } from "./explore-prototypes.js";
export type { ExplorePrototypes } from "./explore-prototypes.js";
export { exploreTest } from "./explore-test.js";
export type { ExploreTest } from "./explore-test.js";
export { exploreUsers } from "./explore-users.js";
export type { ExploreUsers } from "./explore-users.js";
export { exploreLadder } from "./explore-ladder.js";
export type { ExploreLadder } from "./explore-ladder.js";
export { exploreItems } from "./explore-items.js";
export type { ExploreItems } from "./explore-items.js";
export { exploreMaps } from "./explore-maps.js";
export type { ExploreMaps } from "./explore-maps.js";
export { exploreCalibration } from "./explore-calibration.js";
export type { ExploreCalibration } from "./explore-calibration.js";
export { heterogeneityTestCalibration } from "./heterogeneity-calibration.js";
export type { HeterogeneityCalibration, TestedCell } from "./heterogeneity-calibration.js";
export { chooseKRecovery } from "./choose-k-recovery.js";
export { polisHeldOut } from "./polis-held-out.js";

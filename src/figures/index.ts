export { emptyFigure } from "./empty-figure.js";
export type { Figure, PlotlyObject } from "./figure.js";
export { DRAWN_TRACES } from "./drawn-traces.js";
export { ownFigure } from "./own-figure.js";
export type { OwnFigure } from "./own-figure.js";
export type { RuleForK } from "./accuracy/accuracy-lines.js";
export { simulationAccuracyVsK, personaAccuracyVsK } from "./accuracy/accuracy-vs-k.js";
export { simulationLatentSpace } from "./space/latent-space.js";
export type { LatentPanel, LatentSpace } from "./space/latent-space.js";
export { planePoints } from "./space/plane-points.js";
export type { PlanePoints } from "./space/plane-points.js";
export { personaQuery } from "./space/persona-query.js";
export type { PersonaQuery } from "./space/persona-query.js";
export * as theme from "./theme/index.js";
export { methodComparison } from "./accuracy/methods.js";
export { simulationPopulations } from "./space/populations.js";
export type { Populations } from "./space/populations.js";
export { userSimplex } from "./space/simplex.js";
export type { UserSimplex } from "./space/simplex.js";
export { statementMap } from "./space/statement-map.js";
export type { StatementMap } from "./space/statement-map.js";
export { trainingCurve } from "./accuracy/training-curve.js";
export type { TrainingCurves } from "./accuracy/training-curve.js";
export { COLUMNS, forColumn } from "./column.js";
export type { Column } from "./column.js";
export { subtitleOf } from "./subtitle.js";
export { tableOptions } from "./table-options.js";
export type { TableOptions } from "./table-options.js";
export {
  personaAccuracyVsDimension,
  personaAccuracyVsSamples,
  personaNewUsers,
  simulationAccuracyVsSamples,
  simulationNewUsers,
} from "./accuracy/accuracy-vs-data.js";
export { simulationIdealPoints } from "./space/ideal-points.js";
export type { IdealPoints } from "./space/ideal-points.js";
export { pickAFilter } from "./accuracy/pick-a-filter.js";
export { heterogeneityTestCalibration } from "./calibration/heterogeneity-calibration.js";
export type { HeterogeneityCalibration, TestedCell } from "./calibration/heterogeneity-calibration.js";
export { chooseKRecovery } from "./calibration/choose-k-recovery.js";
export * from "./latent/index.js";
export { familiesFewShot } from "./accuracy/families-few-shot.js";
export { familiesMatrix } from "./accuracy/families-matrix.js";
export * from "./policies/index.js";
export * from "./trees/index.js";
export { polisHeldOut } from "./calibration/polis-held-out.js";

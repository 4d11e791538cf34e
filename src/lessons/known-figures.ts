import type { FigureRecord } from "../core/index.js";
import { kByValidation } from "../evaluate/index.js";
import * as figures from "../figures/index.js";
import type { Figure } from "../figures/index.js";
import * as explore from "../report/figures/index.js";

/** Makes a figure of a record; what a record holds beside its rows is the figure's own matter. */
export type DrawFigure = (record: FigureRecord<never>) => Figure;

/** What draws the figures of the lessons and studies, by their ids. */
export const KNOWN_FIGURES: { readonly [id: string]: DrawFigure } = {
  "tour-one-reward": figures.methodComparison,
  "simulation-populations": figures.simulationPopulations,
  "training-curve": figures.trainingCurve,
  "simulation-latent-space": figures.simulationLatentSpace,
  "simulation-simplex": figures.userSimplex,
  "simulation-ideal-points": figures.simulationIdealPoints,
  "simulation-accuracy-vs-k": (record) => figures.simulationAccuracyVsK(record, kByValidation),
  "simulation-accuracy-vs-samples": figures.simulationAccuracyVsSamples,
  "simulation-new-users": figures.simulationNewUsers,
  "persona-statements": figures.statementMap,
  "persona-query": figures.personaQuery,
  "persona-accuracy-vs-k": (record) => figures.personaAccuracyVsK(record, kByValidation),
  "persona-accuracy-vs-samples": figures.personaAccuracyVsSamples,
  "persona-accuracy-vs-dimension": figures.personaAccuracyVsDimension,
  "persona-new-users": figures.personaNewUsers,
  "own-data-test": explore.exploreTest,
  "own-data-users": explore.exploreUsers,
  "own-data-statements": explore.exploreItems,
  "pick-a-filter": figures.pickAFilter,
  "vpl-didactic": figures.vplDidactic,
  "vpl-context-size": figures.vplContextSize,
  "vpl-label-noise": figures.vplLabelNoise,
  "vpl-collapse": figures.vplCollapse,
  "vpl-active": figures.vplActive,
  "vpl-calibration": figures.vplCalibration,
  "vpl-maze-reward": figures.vplMazeReward,
  "vpl-maze-control": figures.vplMazeControl,
  "vpl-reward-scale": figures.vplRewardScale,
  "dpl-toys": figures.dplToys,
  "vpl-pets": figures.vplPets,
  "families-matrix": figures.familiesMatrix,
  "families-few-shot": figures.familiesFewShot,
  "mpo-mixtures": figures.mixedPolicies,
  "aggregation-costs": figures.aggregationCosts,
  "gdpo-beliefs": figures.beliefShares,
  "dil-likelihood": figures.imitationLikelihood,
  "tree-planes": figures.treePlanes,
  "tree-returns": figures.treeReturns,
  "tree-prototypes": figures.treePrototypes,
  "believed-garden": figures.believedGarden,
  "believed-cosine": figures.believedCosine,
  "belief-or-taste": figures.beliefOrTaste,
  "heterogeneity-test-calibration": figures.heterogeneityTestCalibration,
  "choose-k-recovery": figures.chooseKRecovery,
  "polis-held-out": figures.polisHeldOut,
};

import { checkOneOf } from "../../core/index.js";
import {
  EXPERIMENTS,
  type Experiment,
  type ExperimentName,
  type RunConfig,
  type RunContext,
  type RunResult,
} from "./parts/experiment.js";
import { activeQuestionsExperiment } from "./active-questions/run.js";
import { beliefOrTasteExperiment } from "./biased-beliefs/belief-or-taste-run.js";
import { believedSlipExperiment } from "./biased-beliefs/believed-slip-run.js";
import { chooseKExperiment } from "./choose-k/run.js";
import { beliefsExperiment } from "./direct-policies/beliefs-run.js";
import { imitationExperiment } from "./direct-policies/imitation-run.js";
import { mixingExperiment } from "./direct-policies/mixing-run.js";
import { rulesExperiment } from "./direct-policies/rules-run.js";
import { dplToysExperiment } from "./dpl-toys/run.js";
import { fewShotExperiment } from "./families-matrix/few-shot-run.js";
import { familiesMatrixExperiment } from "./families-matrix/run.js";
import { heterogeneityExperiment } from "./heterogeneity/run.js";
import { latentUserExperiment } from "./latent-user/run.js";
import { mazeControlExperiment } from "./maze-control/run.js";
import { personaExperiment } from "./persona/run.js";
import { pickAFilterExperiment } from "./pick-a-filter/run.js";
import { polisExperiment } from "./polis/run.js";
import { posteriorCalibrationExperiment } from "./posterior-calibration/run.js";
import { cartPoleTreesExperiment } from "./reward-trees/cart-pole-run.js";
import { digitTreesExperiment } from "./reward-trees/digits-run.js";
import { prototypeTreesExperiment } from "./reward-trees/prototypes-run.js";
import { rewardScaleExperiment } from "./reward-scale/run.js";
import { scoreTestExperiment } from "./score-test/run.js";
import { simulationExperiment } from "./simulation/run.js";

export { EXPERIMENTS } from "./parts/experiment.js";
export type { Experiment, ExperimentName, RunConfig, RunContext, RunResult } from "./parts/experiment.js";
export { INTERESTS } from "./persona/run.js";

const BY_NAME: { readonly [Name in ExperimentName]: Experiment } = {
  simulation: simulationExperiment,
  persona: personaExperiment,
  "pick-a-filter": pickAFilterExperiment,
  heterogeneity: heterogeneityExperiment,
  "choose-k": chooseKExperiment,
  polis: polisExperiment,
  "score-test": scoreTestExperiment,
  "latent-user": latentUserExperiment,
  "active-questions": activeQuestionsExperiment,
  "posterior-calibration": posteriorCalibrationExperiment,
  "maze-control": mazeControlExperiment,
  "reward-scale": rewardScaleExperiment,
  "dpl-toys": dplToysExperiment,
  "families-matrix": familiesMatrixExperiment,
  "few-shot": fewShotExperiment,
  imitation: imitationExperiment,
  beliefs: beliefsExperiment,
  mixing: mixingExperiment,
  rules: rulesExperiment,
  "cart-pole-trees": cartPoleTreesExperiment,
  "digit-trees": digitTreesExperiment,
  "prototype-trees": prototypeTreesExperiment,
  "believed-slip": believedSlipExperiment,
  "belief-or-taste": beliefOrTasteExperiment,
};

/** @throws InputError for an unknown experiment (lists the known) */
export function experimentNamed(name: string): Experiment {
  return BY_NAME[checkOneOf("experiment", name, EXPERIMENTS)];
}

/** One run: rows from a configuration and a seed; the same bits wherever and whenever it runs. */
export async function runJob(job: Job, context: RunContext): Promise<RunResult> {
  return experimentNamed(job.experiment).run(job.config, job.seed, context);
}

/** A run as data: it can be sent to another thread or machine. */
export interface Job {
  readonly experiment: ExperimentName;
  /** Resolved, with all defaults. */
  readonly config: RunConfig;
  readonly seed: number;
}

export { openChoices } from "./open-choices.js";
export type { OpenChoice } from "./open-choices.js";
export { checkClaims, CLAIMS } from "./claims.js";
export type { Claim, ClaimOutcome } from "./claims.js";
export { matrixLevels, NEAR_THE_BEST } from "../../core/index.js";

import {
  checkInteger,
  checkKeys,
  checkNumber,
  checkNumbers,
  checkObject,
  InputError,
  type RandomStream,
} from "../core/index.js";
import type { Moves } from "../data/worlds/index.js";
import { checkMoves } from "./check-moves.js";
import type { Transitions } from "./random-walk.js";

/** What a policy is fitted on: moves that were made, and what they are worth under each of many latents. */
export interface OfflineData {
  readonly moves: Moves;
  /** What the networks see of each state, row-major [S, d]. */
  readonly features: ArrayLike<number>;
  /** Latents drawn from the prior, row-major [Z, l]; l may be 0. */
  readonly latents: ArrayLike<number>;
  /** Reward of arriving in each state under each latent, row-major [Z, S]. */
  readonly rewards: ArrayLike<number>;
  readonly transitions: Transitions;
}

/** How {@link OfflineData} are learned from. */
export interface IqlOptions {
  readonly rng: RandomStream;
  /** Hidden units of each of the two layers, default 64. */
  readonly width?: number;
  /** 0 (included) to 1, default 0.99. */
  readonly gamma?: number;
  /** Between 0 and 1, default 0.9: 0.5 is the mean of the moves that were made, towards 1 the best of them. */
  readonly expectile?: number;
  /** Of an advantage's weight e^(temperature · advantage), >= 0, default 10; 0 imitates. */
  readonly temperature?: number;
  /** Steps of Adam for the values (default 2500) and for the policy (default 500). */
  readonly steps?: number;
  readonly policySteps?: number;
  /** Of Adam, default 3e-3; it falls evenly to 0 over the values' steps, and again over the policy's. */
  readonly rate?: number;
  /** How far the target of Q follows Q in a step, above 0 and at most 1, default 0.005. */
  readonly tau?: number;
  /** Latents of a step, default 2. */
  readonly batch?: number;
}

/** {@link IqlOptions} with the defaults filled in. */
export type Settings = Required<IqlOptions>;

const DEFAULTS = {
  width: 64,
  gamma: 0.99,
  expectile: 0.9,
  temperature: 10,
  steps: 2500,
  policySteps: 500,
  rate: 3e-3,
  tau: 0.005,
  batch: 2,
};

/** The options with their defaults. @throws InputError for data that do not fit each other, or an option out of its range */
export function checkIql(data: OfflineData, options: IqlOptions): Settings {
  checkObject("fitIql: options", options, ["rng"], "an object such as { rng: randomStream(1) }");
  checkKeys("fitIql", options, ["rng", ...Object.keys(DEFAULTS)]);
  const settings = { ...DEFAULTS, ...options };
  for (const key of ["width", "steps", "policySteps", "batch"] as const)
    checkInteger(`fitIql: ${key}`, settings[key], { min: 1 });
  checkNumber("fitIql: gamma", settings.gamma, { min: 0, below: 1 });
  checkNumber("fitIql: expectile", settings.expectile, { above: 0, below: 1 });
  checkNumber("fitIql: temperature", settings.temperature, { min: 0 });
  checkNumber("fitIql: rate", settings.rate, { above: 0 });
  checkNumber("fitIql: tau", settings.tau, { above: 0, max: 1 });
  checkData(data);
  return settings;
}

function checkData(data: OfflineData): void {
  const parts = ["moves", "features", "latents", "rewards", "transitions"];
  checkObject("fitIql: data", data, parts, "an object { moves, features, latents, rewards, transitions }");
  const { moves, features, latents, rewards, transitions } = data;
  checkMoves("fitIql", moves);
  checkObject("fitIql: transitions", transitions, ["state", "action"], "moves { state, action }");
  for (const [name, values] of Object.entries({ features, latents, rewards }))
    checkNumbers(`fitIql: ${name}`, values);
  const { states, actions } = moves;
  for (const [name, values] of Object.entries({ features, rewards }))
    if (values.length === 0 || values.length % states !== 0)
      throw new InputError(
        `fitIql: ${name} must be as many numbers for each of ${states} states, got ${values.length}`,
      );
  const count = rewards.length / states;
  if (latents.length % count !== 0)
    throw new InputError(
      `fitIql: latents must be as many numbers for each of ${count} rows of rewards, got ${latents.length}`,
    );
  const { state, action } = transitions;
  if (state.length === 0 || state.length !== action.length)
    throw new InputError(
      `fitIql: transitions must have a move for each state, got ${state.length} states and ${action.length} moves`,
    );
  state.forEach((value) => checkInteger("fitIql: transitions.state", value, { min: 0, max: states - 1 }));
  action.forEach((value) => checkInteger("fitIql: transitions.action", value, { min: 0, max: actions - 1 }));
}

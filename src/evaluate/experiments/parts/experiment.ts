import type { DataReference, Json, RecordRow } from "../../../core/index.js";
import type { Engine } from "../../../engine/index.js";

/** A configuration of one run, as JSON. */
export type RunConfig = { readonly [key: string]: Json };

/** What the runs of one worker share. */
export interface RunContext {
  readonly engine: Engine;
}

/** What a run found, and on which data. */
export interface RunResult {
  readonly rows: readonly RecordRow[];
  readonly data: readonly DataReference[];
}

/** A kind of run: from a configuration and a seed to rows, the same bits every time. */
export interface Experiment {
  /** Every configuration key with its default; a key without a default is `undefined` and must be given. */
  readonly defaults: { readonly [key: string]: Json | undefined };
  /** The configuration with its defaults. @throws InputError naming an unknown key or a bad value */
  resolve(config: RunConfig): RunConfig;
  /** The configuration with its data settled (which set of statements is to be had), and the data's hashes: what a stored result is found by. */
  identify(
    config: RunConfig,
  ): Promise<{ readonly config: RunConfig; readonly data: readonly DataReference[] }>;
  run(config: RunConfig, seed: number, context: RunContext): Promise<RunResult>;
}

/** The names of all experiments. */
export const EXPERIMENTS = [
  "simulation",
  "persona",
  "pick-a-filter",
  "heterogeneity",
  "choose-k",
  "polis",
  "score-test",
  "latent-user",
  "active-questions",
  "posterior-calibration",
  "maze-control",
  "reward-scale",
  "dpl-toys",
  "families-matrix",
  "few-shot",
  "imitation",
  "beliefs",
  "mixing",
  "rules",
  "cart-pole-trees",
  "digit-trees",
  "prototype-trees",
  "believed-slip",
  "belief-or-taste",
] as const;
export type ExperimentName = (typeof EXPERIMENTS)[number];

/** Key of a configuration, what is decided by it, and what is known of the paper, with its tag. */
export type ChoiceRow = readonly [key: string, choice: string, paper: string];

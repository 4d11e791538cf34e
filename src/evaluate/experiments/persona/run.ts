import {
  checkNumber,
  checkOneOf,
  InputError,
  list,
  randomStream,
  show,
  type RecordRow,
} from "../../../core/index.js";
import {
  checkEncoder,
  loadPersona,
  loadStatements,
  PERSONAS,
  type EncoderName,
} from "../../../data/files/index.js";
import { PalB } from "../../../families/index.js";
import { fit } from "../../../train/index.js";
import { accuracySeen } from "../../accuracy.js";
import { CHANCE } from "../../ceilings.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { checkAdaptation, NEW_USERS_DEFAULTS, newUserRows, type NewUsersConfig } from "../parts/new-users.js";
import { checkCounts, checkNewUsers, resolveConfig } from "../parts/resolve.js";

interface PersonaConfig extends NewUsersConfig {
  readonly personas: readonly string[];
  readonly set: "published" | "own";
  readonly encoder: EncoderName;
  readonly prompts: "uniform" | "balanced";
  readonly kStar: number;
  readonly k: number;
  readonly usersPerGroup: number;
  readonly comparisonsPerUser: number;
  /** Test comparisons of a user; 0 is 50, or as many as there are statements for. */
  readonly testPerUser: number;
  readonly newUsersPerGroup: number;
  readonly latentDimension: number;
  readonly architecture: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly mapRate: number;
  readonly weightRate: number;
}

const COUNTS = [
  "kStar",
  "k",
  "usersPerGroup",
  "comparisonsPerUser",
  "latentDimension",
  "epochs",
  "batchSize",
] as const;

/** The six interests that the paper's K* = 2 … 6 suggests as its pool. */
export const INTERESTS: readonly string[] = ["art", "literature", "math", "music", "science", "sports"].map(
  (name) => `interest-in-${name}`,
);

/**
 * The paper's Persona experiment: PAL-B on users who each have one of K* personas, drawn by seed from `personas`; accuracy on
 * statements that did not train.
 */
export const personaExperiment: Experiment = {
  defaults: {
    personas: INTERESTS,
    set: "published",
    encoder: "use-lite",
    prompts: "uniform",
    kStar: undefined,
    k: undefined,
    usersPerGroup: 50,
    comparisonsPerUser: 50,
    testPerUser: 0,
    newUsersPerGroup: 0,
    ...NEW_USERS_DEFAULTS,
    latentDimension: 16,
    architecture: "mlp0-linear-dropout0-nobias",
    epochs: 50,
    batchSize: 256,
    mapRate: 2e-3,
    weightRate: 2e-2,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("persona", personaExperiment.defaults, config);
    checkCounts("persona", resolved, COUNTS, 1);
    checkCounts("persona", resolved, ["testPerUser"], 0);
    checkAdaptation("persona", resolved);
    checkNewUsers("persona", resolved, { users: "newUsersPerGroup", samples: "newComparisonsPerUser" });
    checkNumber("persona: mapRate", resolved.mapRate as number, { above: 0 });
    checkNumber("persona: weightRate", resolved.weightRate as number, { above: 0 });
    checkEncoder("persona: encoder", resolved.encoder);
    checkOneOf("persona: set", String(resolved.set), ["published", "own"]);
    modelOf(resolved as unknown as PersonaConfig);
    if (!Array.isArray(resolved.personas))
      throw new InputError(`persona: personas must be a list of names, got ${show(resolved.personas)}`);
    const { personas, kStar, prompts } = resolved as unknown as PersonaConfig;
    checkOneOf("persona: prompts", prompts, ["uniform", "balanced"]);
    const unknown = personas.find((persona) => !PERSONAS.includes(persona));
    if (unknown !== undefined)
      throw new InputError(`persona: unknown persona ${show(unknown)}; known: ${list(PERSONAS)}`);
    if (kStar > personas.length) {
      throw new InputError(
        `persona: kStar = ${kStar} personas cannot be drawn from ${personas.length}: ${list(personas)}`,
      );
    }
    return resolved;
  },

  async identify(config) {
    const { personas, set } = config as unknown as PersonaConfig;
    const { origin, files } = await loadStatements(personas, { set });
    return { config: { ...config, set: origin === "own" ? "own" : "published" }, data: files };
  },

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = personaExperiment.resolve(raw) as unknown as PersonaConfig;
    const { kStar, k, comparisonsPerUser, latentDimension, prompts, newComparisonsPerUser } = config;
    const isUnseen = config.newUsersPerGroup > 0;
    const loaded = await loadPersona({
      personas: drawPersonas(config.personas, kStar, seed),
      set: config.set,
      encoder: config.encoder,
      prompts,
      usersPerGroup: config.usersPerGroup,
      comparisonsPerUser,
      ...(config.testPerUser > 0 ? { testComparisonsPerUser: config.testPerUser } : {}),
      seed,
      ...(isUnseen
        ? {
            unseenUsersPerGroup: config.newUsersPerGroup,
            unseenComparisonsPerUser: Math.max(...newComparisonsPerUser),
          }
        : {}),
    });
    const rate = { rate: config.mapRate };
    const fitted = await fit(modelOf(config), loaded.train, {
      engine,
      seed,
      epochs: config.epochs,
      batchSize: config.batchSize,
      learningRates: { projector: rate, tables: rate, weights: { rate: config.weightRate } },
    });
    const shared = { setting: prompts, kStar, k, comparisonsPerUser, latentDimension, seed };
    const seen: RecordRow = {
      ...shared,
      split: "seen",
      accuracy: accuracySeen(fitted, loaded.test).accuracy,
      validation: accuracySeen(fitted, loaded.validation).accuracy,
      ceilings: { chance: CHANCE, blind: loaded.blindCeiling, oracle: 1 },
    };
    const { unseen } = loaded;
    if (unseen === undefined) return { rows: [seen], data: loaded.files };
    const rows = newUserRows(fitted, unseen, config, shared);
    return { rows: [seen, ...rows], data: loaded.files };
  },
};

function modelOf({ k, latentDimension, architecture }: PersonaConfig): PalB {
  return new PalB({ k, latentDimension, architecture });
}

/** K* of the personas in a random order that depends on the seed alone. */
function drawPersonas(personas: readonly string[], kStar: number, seed: number): string[] {
  const order = randomStream(seed).split("personas").permutation(personas.length);
  return Array.from(order.subarray(0, kStar), (index) => personas[index]);
}

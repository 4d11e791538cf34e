import { checkKeys, checkObject, type DataReference } from "../../../core/index.js";
import { checkPersonaOptions, simulatePersona, SIMULATE_PERSONA_OPTIONS } from "../../persona.js";
import type { PersonaData, SimulatePersonaOptions } from "../../persona.js";
import { personaPool } from "../../persona-pool.js";
import type { DataSource } from "../../preference-data.js";
import { embed } from "../embedding/embed.js";
import { loadStatements, type LoadedStatements } from "./load-statements.js";
import type { EncoderName } from "../embedding/sentence-encoder.js";
import type { StartProgress } from "../start-progress.js";

/** Which personas are loaded, and from where. */
export interface LoadPersonaOptions extends SimulatePersonaOptions {
  /** K* different names out of {@link PERSONAS}. */
  readonly personas: readonly string[];
  /** Default "use-lite". */
  readonly encoder?: EncoderName;
  /** "published" (default) is Anthropic's set, with ours where it cannot be had; "own" is ours without asking. */
  readonly set?: "published" | "own";
  /** Default: see {@link cacheFolder}. */
  readonly cacheFolder?: string;
  /** Where downloads and embedding say how far they are. */
  readonly progress?: StartProgress;
}

/** A population of personas, and whose statements it is made of. */
export interface LoadedPersona extends PersonaData {
  readonly source: DataSource;
  /** Each file that was read, for a record. */
  readonly files: readonly DataReference[];
  readonly origin: LoadedStatements["origin"];
  /** Why our own set is used although Anthropic's was asked for. */
  readonly note?: string;
}

/**
 * The Persona experiment's data: statements, their embeddings (as the contexts' features), and synthetic users.
 * @example await loadPersona({ personas: ["interest-in-art", "interest-in-math"], usersPerGroup: 50, comparisonsPerUser: 40, prompts: "uniform", seed: 1 })
 * @throws what {@link loadStatements}, {@link embed} and {@link simulatePersona} throw
 */
export async function loadPersona(options: LoadPersonaOptions): Promise<LoadedPersona> {
  checkObject(
    "loadPersona: options",
    options,
    ["personas"],
    "an object such as { personas, users, statementsPerUser, seed }",
  );
  const { personas, encoder = "use-lite", set = "published", cacheFolder, progress, ...simulation } = options;
  checkKeys("loadPersona", simulation, [
    ...SIMULATE_PERSONA_OPTIONS,
    "personas",
    "encoder",
    "set",
    "cacheFolder",
    "progress",
  ]);
  checkPersonaOptions(simulation);
  const shared = {
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
    ...(progress === undefined ? {} : { progress }),
  };
  const { sets, ...loaded } = await loadStatements(personas, { set, ...shared });
  const pool = personaPool(sets);
  const features = await embed(pool.text, { encoder, ...shared });
  return { ...simulatePersona(pool, features, loaded.source, simulation), ...loaded };
}

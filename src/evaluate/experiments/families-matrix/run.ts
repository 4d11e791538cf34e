import { checkOneOf, type RecordRow } from "../../../core/index.js";
import { loadStatements } from "../../../data/files/index.js";
import { COMPARED } from "../../../families/index.js";
import { CHANCE } from "../../ceilings.js";
import { compare, type Comparison, type ComparisonRow } from "../../compare/index.js";
import type { Experiment, RunConfig, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";
import { short } from "../parts/short.js";
import { checkMatrixConfig, type MatrixConfig } from "./config.js";
import {
  isPublished,
  MATRIX_WORLDS,
  matrixWorld,
  PERSONAS_USED,
  publishedIn,
  type MatrixSize,
} from "./world.js";

interface FamiliesMatrixConfig extends MatrixConfig {
  /** Answers that a new user gives. */
  readonly newAnswers: number;
}

/** All families on one world, as `compare` runs them on one division of it: users who trained, and new ones after some answers. */
export const familiesMatrixExperiment: Experiment = {
  defaults: {
    world: undefined,
    families: [...COMPARED],
    users: 80,
    answers: 30,
    features: 8,
    newAnswers: 5,
    visits: 60_000,
    set: "published",
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("families-matrix", familiesMatrixExperiment.defaults, config);
    checkMatrixConfig("families-matrix", MATRIX_WORLDS, resolved);
    checkOneOf("families-matrix: set", resolved.set as string, ["published", "own"]);
    checkCounts("families-matrix", resolved, ["newAnswers"], 0);
    return resolved;
  },

  async identify(config) {
    if (isPublished(String(config.world))) return { config, data: await publishedIn(String(config.world)) };
    if (config.world !== "persona") return { config, data: [] };
    const { origin, files } = await loadStatements(PERSONAS_USED, { set: config.set as MatrixSize["set"] });
    return { config: { ...config, set: origin === "own" ? "own" : "published" }, data: files };
  },

  async run(raw: RunConfig, seed: number): Promise<RunResult> {
    const config = familiesMatrixExperiment.resolve(raw) as unknown as FamiliesMatrixConfig;
    const { world, families, users, answers, features, newAnswers, visits } = config;
    const { data, truth, files } = await matrixWorld(world, seed, config);
    const comparison = await compare(data, {
      ...{ families, seeds: 1, seed, given: [newAnswers], visits, limits: { users, answers, features } },
      ...(truth === undefined ? {} : { truth }),
    });
    return { rows: rowsOf(comparison, world, seed), data: files };
  },
};

/** A row for each family that ran and for each baseline; that of the first baseline says who was refused, and what can be reached. */
function rowsOf({ rows, families }: Comparison, world: string, seed: number): RecordRow[] {
  const found = (id: string, users: ComparisonRow["users"]): ComparisonRow | undefined =>
    rows.find((row) => row.id === id && row.users === users);
  const chosen = new Map(families.map((note) => [note.id, note.chosen.join("; ")]));
  const shown = rows.filter(
    ({ users, status, role }) => users === "seen" && status === "ran" && role !== "ceiling",
  );
  return shown.map((seen): RecordRow => {
    const { id, name } = seen;
    return {
      ...{ seed, split: "seen", method: name, accuracy: seen.accuracy?.mean ?? NaN },
      ...(chosen.has(id) ? { chosen: chosen.get(id) } : {}),
      settings: { world, family: id, ...(id === "majority" ? refusedIn(rows) : {}) },
      measures: measuresOf(seen, found(id, "new")),
      ...(id === "majority" ? ceilingsIn(found) : {}),
    };
  });
}

function measuresOf(seen: ComparisonRow | undefined, fresh: ComparisonRow | undefined) {
  return short({
    ...{ nats: seen?.nats?.mean, gain: seen?.gain?.mean },
    ...{ newAccuracy: fresh?.accuracy?.mean, newNats: fresh?.nats?.mean },
  });
}

function refusedIn(rows: readonly ComparisonRow[]): { readonly [status: string]: string } {
  const reasons = (status: ComparisonRow["status"]): string =>
    rows
      .filter((row) => row.users === "seen" && row.status === status)
      .map(({ id, reason }) => `${id}: ${reason ?? ""}`)
      .join("\n");
  const given = { refused: reasons("refused"), diverged: reasons("diverged") };
  return Object.fromEntries(Object.entries(given).filter(([, text]) => text !== ""));
}

type Find = (id: string, users: ComparisonRow["users"]) => ComparisonRow | undefined;

/** Accuracies that are ceilings; their log-likelihoods are measures. */
function ceilingsIn(find: Find): Pick<RecordRow, "ceilings" | "measures"> {
  const [blind, oracle, bayes] = [find("blind-truth", "seen"), find("oracle", "seen"), find("bayes", "new")];
  const majority = measuresOf(find("majority", "seen"), find("majority", "new"));
  return {
    ceilings: {
      chance: CHANCE,
      ...short({
        blind: blind?.accuracy?.mean,
        bayes: bayes?.accuracy?.mean,
        oracle: oracle?.accuracy?.mean,
      }),
    },
    measures: {
      ...majority,
      ...short({
        blindNats: blind?.nats?.mean,
        bayesNats: bayes?.nats?.mean,
        oracleNats: oracle?.nats?.mean,
      }),
    },
  };
}

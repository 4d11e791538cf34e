import { checkInteger, checkOneOf, type Interval, type RecordRow } from "../../../core/index.js";
import { selectRows } from "../../../data/index.js";
import { loadPolis, POLIS_CONVERSATIONS } from "../../../data/files/index.js";
import { chooseK, compareHeldOut, holdOut, type HeldOutMethod } from "../../heterogeneity/index.js";
import type { Experiment, RunConfig, RunResult } from "../parts/experiment.js";
import { publishedReference } from "../parts/references.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";

interface PolisConfig {
  readonly conversation: string;
  readonly kMax: number;
  readonly folds: number;
  readonly repeats: number;
}

/**
 * How well held-out votes of a public Polis conversation are told. A fifth of each user's votes, drawn by the seed, takes part in no choice; K, the
 * prior's strength and the factor model's rank are chosen by validation within the rest. Where one method is asked, its row says `method`.
 */
export const polisExperiment: Experiment = {
  defaults: { conversation: undefined, kMax: 5, folds: 3, repeats: 1 },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("polis", polisExperiment.defaults, config);
    checkOneOf("polis: conversation", resolved.conversation as string, POLIS_CONVERSATIONS);
    checkInteger("polis: kMax", resolved.kMax as number, { min: 2, max: 12 });
    checkCounts("polis", resolved, ["folds"], 2);
    checkCounts("polis", resolved, ["repeats"], 1);
    return resolved;
  },

  async identify(config: RunConfig) {
    const { data } = await loadPolis(config.conversation as string);
    return { config, data: [publishedReference(data.source)] };
  },

  async run(raw: RunConfig, seed: number): Promise<RunResult> {
    const { conversation, ...choice } = polisExperiment.resolve(raw) as unknown as PolisConfig;
    const { data } = await loadPolis(conversation);
    const parts = holdOut(data, seed);
    const { candidates, k, best } = await chooseK(selectRows(data, parts.train), { seed, ...choice });
    const { methods, overFactors } = await compareHeldOut(data, parts, {
      ...{ chosen: candidates[k - 1], best: candidates[best - 1], seed },
    });
    const likeliest = methods.at(-1);
    const rows = methods.map((method): RecordRow => ({
      ...{ group: conversation, method: method.name, chosen: method.chosen, seed, split: "seen" },
      ...(method.k === undefined ? {} : { k: method.k }),
      accuracy: method.accuracy.mean,
      intervals: intervalsOf(method, method === likeliest ? overFactors : undefined),
    }));
    return { rows, data: [publishedReference(data.source)] };
  },
};

function intervalsOf(
  { nats, overMajority }: HeldOutMethod,
  overFactors: Interval | undefined,
): RecordRow["intervals"] {
  const bounds = ({ mean, low, high }: Interval): { mean: number; low: number; high: number } => ({
    mean,
    low,
    high,
  });
  return {
    nats: bounds(nats),
    overMajority: bounds(overMajority),
    ...(overFactors === undefined ? {} : { overFactors: bounds(overFactors) }),
  };
}

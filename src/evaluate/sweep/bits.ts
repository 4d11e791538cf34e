import { sha256 } from "../../core/index.js";
import { simulateIdealPoints } from "../../data/index.js";
import type { Engine } from "../../engine/index.js";
import { PalA } from "../../families/index.js";
import { fit } from "../../train/index.js";
import type { RunResult } from "../experiments/index.js";

/**
 * The sha256 of a small model's trained parameters, as a result without rows: a machine on which it differs (another processor, another Node) computes
 * with other bits, though its accuracies may be the same.
 */
export async function bitsOf(engine: Engine): Promise<RunResult> {
  const data = simulateIdealPoints({
    ...{ dimension: 3, prototypes: 2, users: 8, comparisonsPerUser: 16, seed: 1, setting: "mixture" },
  });
  const fitted = await fit(new PalA({ k: 2, latentDimension: 3 }), data, { engine, seed: 1, epochs: 4 });
  const bits = sha256(fitted.save());
  return { rows: [], data: [{ name: "trained parameters", sha256: bits, source: "simulated" }] };
}

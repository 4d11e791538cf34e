import {
  checkNumber,
  checkOneOf,
  InputError,
  mean,
  show,
  standardDeviation,
  type RecordRow,
} from "../../../core/index.js";
import { takePerUser, type PreferenceData } from "../../../data/index.js";
import { PAPER_RECIPE, type InferOptions } from "../../../families/index.js";
import type { FittedModel } from "../../../train/index.js";
import { accuracyUnseen } from "../../accuracy.js";
import type { RunConfig } from "./experiment.js";

/** Ways to place a new user, as configurations and records name them. */
export const ADAPT_METHODS = ["exact", "paper recipe", "gradient to convergence"] as const;
export type AdaptMethod = (typeof ADAPT_METHODS)[number];

/** What an experiment's configuration says of new users. */
export interface NewUsersConfig {
  readonly newComparisonsPerUser: readonly number[];
  readonly adaptMethods: readonly AdaptMethod[];
  readonly adaptConcentration: number;
}

/** Defaults of {@link NewUsersConfig}. */
export const NEW_USERS_DEFAULTS = {
  newComparisonsPerUser: [],
  adaptMethods: ["exact"],
  adaptConcentration: 1.5,
} as const;

/** @throws InputError for an unknown method (lists the known) or a concentration below 1 */
export function checkAdaptation(experiment: string, config: RunConfig): void {
  const methods = config.adaptMethods;
  if (!Array.isArray(methods) || methods.length === 0) {
    throw new InputError(
      `${experiment}: adaptMethods must be a list of at least one method, got ${show(methods)}`,
    );
  }
  for (const method of methods) checkOneOf(`${experiment}: adaptMethods`, String(method), ADAPT_METHODS);
  checkNumber(`${experiment}: adaptConcentration`, config.adaptConcentration as number, { min: 1 });
}

/**
 * Accuracy of new users for every number of comparisons and every method. They are placed by the first n of `adapt` and measured on `test`,
 * which holds none of those. Rows of other methods carry the paired difference to `exact`, user by user.
 */
export function newUserRows(
  fitted: FittedModel,
  data: { readonly adapt: PreferenceData; readonly test: PreferenceData },
  config: NewUsersConfig,
  shared: Omit<RecordRow, "split" | "accuracy">,
): RecordRow[] {
  return config.newComparisonsPerUser.flatMap((newComparisonsPerUser) => {
    const { taken } = takePerUser(data.adapt, newComparisonsPerUser);
    const measured = config.adaptMethods.map((method) => {
      return {
        method,
        ...accuracyUnseen(fitted, taken, data.test, optionsOf(method, config.adaptConcentration)),
      };
    });
    const exact = measured.find(({ method }) => method === "exact");
    return measured.map(({ method, accuracy, byUser }): RecordRow => {
      const row = { ...shared, newComparisonsPerUser, method, split: "unseen" as const, accuracy };
      if (exact === undefined || method === "exact") return row;
      const differences = byUser.map((value, user) => exact.byUser[user] - value);
      const paired = {
        against: "exact",
        difference: mean(differences),
        deviation: standardDeviation(differences),
        n: differences.length,
      };
      return { ...row, paired };
    });
  });
}

function optionsOf(method: AdaptMethod, concentration: number): InferOptions {
  switch (method) {
    case "exact":
      return { method: "exact", concentration };
    case "paper recipe":
      return { method: "gradient", ...PAPER_RECIPE };
    case "gradient to convergence":
      return { method: "gradient", ...PAPER_RECIPE, epochs: "converged" };
  }
}

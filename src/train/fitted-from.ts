import type { Population, PreferenceData } from "../data/index.js";
import type { Engine, LearningRates } from "../engine/index.js";
import { dataSizes, type Model, type Parameters } from "../families/index.js";
import { fittedModel, type Fitted } from "./fitted-model.js";
import type { History } from "./history.js";

/** The texts of items are kept by id up to so many. */
const MOST_NAMED = 10_000;

/** The fitted model of what a trainer has learned until now. */
export function fittedFrom<M extends Model>(
  trainer: { snapshot(): Parameters },
  use: {
    readonly model: M;
    readonly population: Population & Pick<PreferenceData, "coding">;
    readonly engine: Engine;
    readonly history: History;
  },
): Fitted<M> {
  const { model, population, engine, history } = use;
  const { users, items, contexts, coding } = population;
  return fittedModel({
    model,
    sizes: dataSizes(population, users.length),
    parameters: trainer.snapshot(),
    users,
    engine,
    history,
    ...(items.features === undefined
      ? { learnedItems: items.ids }
      : items.text === undefined || items.ids.length > MOST_NAMED
        ? {}
        : { trainedItems: items.ids }),
    ...(coding === undefined ? {} : { coding }),
    ...(contexts !== undefined && contexts.features === undefined ? { learnedContexts: contexts.ids } : {}),
  });
}

/** What is said of a loss that is not a number. */
export function notFinite(
  caller: string,
  found: {
    readonly epoch: number;
    readonly loss: number;
    readonly learningRates: LearningRates;
    /** What the model adds to the loss of answers, where that is lost. */
    readonly term?: string;
  },
): string {
  const { epoch, loss, learningRates, term } = found;
  const named = Object.entries(learningRates).map(([group, { rate }]) => `${group} ${rate}`);
  const where = term === undefined ? "" : `, and so is ${term}`;
  const advice =
    term === undefined ? "try smaller ones, or scale the features" : "try smaller ones, or a smaller weight";
  return `${caller}: the loss is ${loss} at epoch ${epoch} with learning rates ${named.join(", ")}${where}; ${advice}`;
}

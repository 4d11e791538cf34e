import type { Json } from "../../core/index.js";
import type { ChoiceRow, ExperimentName } from "./parts/experiment.js";
import { PERSONA_CHOICES } from "./persona/open-choices.js";
import { PICK_A_FILTER_CHOICES } from "./pick-a-filter/open-choices.js";
import { SIMULATION_CHOICES } from "./simulation/open-choices.js";

/** Something that the paper's available text does not settle, and what pal-lab does. */
export interface OpenChoice {
  readonly experiment: ExperimentName;
  /** Key of the experiment's configuration; changes with it. */
  readonly key: string;
  /** What is decided. */
  readonly choice: string;
  /** What is known of the paper, with its tag. */
  readonly paper: string;
  readonly ours: Json;
}

/** Every choice that the paper leaves open, with the default that is used here. */
export function openChoices(
  defaultsOf: (experiment: ExperimentName) => { readonly [key: string]: Json | undefined },
): OpenChoice[] {
  const tables: readonly (readonly [ExperimentName, readonly ChoiceRow[]])[] = [
    ["simulation", SIMULATION_CHOICES],
    ["persona", PERSONA_CHOICES],
    ["pick-a-filter", PICK_A_FILTER_CHOICES],
  ];
  return tables.flatMap(([experiment, rows]) => {
    const defaults = defaultsOf(experiment);
    return rows.map(([key, choice, paper]) => ({
      experiment,
      key,
      choice,
      paper,
      ours: defaults[key] ?? null,
    }));
  });
}

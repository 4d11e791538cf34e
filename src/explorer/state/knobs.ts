import { FAMILY_KINDS, POPULATIONS } from "./settings.js";
import { PANELS, START, type ExplorerState } from "./state.js";

interface Says {
  /** Its name in an address. */
  readonly key: string;
  /** Its name on the page, and what turning it does. */
  readonly label: string;
  readonly help: string;
}

/** A knob that is a number. */
export interface NumberKnob extends Says {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** A knob that is one of some words. */
export interface ChoiceKnob extends Says {
  readonly kind: "choice";
  readonly values: readonly string[];
}

/** A knob that is on or off. */
export interface SwitchKnob extends Says {
  readonly kind: "switch";
}

/** What can be turned. */
export type Knob = NumberKnob | ChoiceKnob | SwitchKnob;

type KnobName = Exclude<keyof ExplorerState, "moved" | "hidden" | "goals">;

const number = (key: string, range: readonly [number, number, number], label: string, help: string): Knob => {
  const [min, max, step] = range;
  return { kind: "number", key, min, max, step, label, help };
};

/** Every knob by its name in the state: range, name in an address, and words. */
export const KNOBS: { readonly [Name in KnobName]: Knob } = {
  population: {
    ...{ kind: "choice", key: "population", values: POPULATIONS, label: "People" },
    help: "between prototypes (mixture), at one each (partition), anywhere (gaussian), or at a few places of a line (didactic)",
  },
  truePrototypes: number("kstar", [1, 6, 1], "True prototypes K*", "prototypes that people really come from"),
  users: number("users", [10, 1000, 10], "Users", "people who answer"),
  answers: number("answers", [5, 200, 5], "Answers of each", "answers of each user that train"),
  items: number("items", [10, 1000, 10], "Items", "items that questions are made of"),
  noise: number(
    "noise",
    [0, 3, 0.1],
    "Noise",
    "0: people always say what they mean; more: the nearer two items are in worth, the more they answer by chance",
  ),
  family: {
    ...{ kind: "choice", key: "family", values: FAMILY_KINDS, label: "Model" },
    help: "the family of models that is trained",
  },
  k: number("k", [1, 6, 1], "Prototypes K of the model", "prototypes, or basis rewards, that the model has"),
  epochs: number("epochs", [1, 400, 1], "Passes", "passes over the answers"),
  seed: number(
    "seed",
    [1, 999, 1],
    "Seed",
    "decides every draw: the same seed gives the same world and the same model",
  ),
  panel: { kind: "choice", key: "panel", values: PANELS, label: "Panel", help: "what the page shows" },
  pace: number(
    "pace",
    [0, 2000, 50],
    "Wait between passes (ms)",
    "0: as fast as it goes; more: slow motion, which names what moves",
  ),
  chosen: number("user", [0, 999, 1], "User looked at", "whose rewards are drawn"),
  field: {
    kind: "switch",
    key: "field",
    label: "Rewards of this user",
    help: "what the model thinks that the user likes, as shades",
  },
  truth: {
    kind: "switch",
    key: "truth",
    label: "True places",
    help: "where people and prototypes really are",
  },
  questions: {
    ...{ kind: "choice", key: "questions", values: ["points", "statements"], label: "Questions" },
    help: "pairs of points of the world, or of statements",
  },
};

/** Names of all knobs. */
export const KNOB_NAMES = Object.keys(KNOBS) as readonly KnobName[];

/** Whether a value is one that a knob can have. */
export function isOfKnob(knob: Knob, value: unknown): boolean {
  if (knob.kind === "switch") return typeof value === "boolean";
  if (knob.kind === "choice") return knob.values.includes(value as string);
  return typeof value === "number" && value >= knob.min && value <= knob.max && isStep(knob, value);
}

/** A number brought onto a knob's steps and into its range. */
export function ontoKnob(knob: NumberKnob, value: number): number {
  const steps = Math.round((value - knob.min) / knob.step);
  const digits = knob.step < 1 ? 10 : 1;
  const onStep = Math.round((knob.min + steps * knob.step) * digits) / digits;
  return Math.min(knob.max, Math.max(knob.min, onStep));
}

function isStep(knob: NumberKnob, value: number): boolean {
  return ontoKnob(knob, value) === value;
}

/** The value with which the page starts. */
export function usual(name: KnobName): ExplorerState[KnobName] {
  return START[name];
}

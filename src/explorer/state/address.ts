import { isOfKnob, KNOBS, KNOB_NAMES, type Knob } from "./knobs.js";
import { FARTHEST, freeze, HIDEABLE, MOST_MOVED } from "./reduce.js";
import type { Moved } from "./settings.js";
import { START, type ExplorerState, type Goal } from "./state.js";

/** What an address says, and what of it was not understood, in words. */
export interface Read {
  readonly state: ExplorerState;
  readonly messages: readonly string[];
}

/** Longest address that is read. */
const LONGEST = 20_000;
/** Most goals of a lesson. */
const MOST_GOALS = 20;
const LETTERS = { u: "user", i: "item", p: "prototype" } as const;
const MEASURES = ["accuracy", "k", "answers", "users"] as const;

/** The state as the part of an address behind "#": every knob, what was moved, what is hidden, and goals. */
export function toAddress(state: ExplorerState): string {
  const parts = KNOB_NAMES.map((name) => `${KNOBS[name].key}=${state[name]}`);
  const moved = state.moved.map(({ what, index, x, y }) => `${what[0]}${index}:${x}:${y}`);
  const goals = state.goals.map(
    ({ measure, is, value }) => `${measure}:${is === "at least" ? "min" : "max"}:${value}`,
  );
  if (moved.length > 0) parts.push(`moved=${moved.join(",")}`);
  if (state.hidden.length > 0) parts.push(`hide=${state.hidden.map(keyOf).join(",")}`);
  if (goals.length > 0) parts.push(`goal=${goals.join(",")}`);
  return parts.join("&");
}

/** What an address says, whatever it holds: what is damaged or unknown is left out, and said. */
export function fromAddress(hash: string): Read {
  const text = hash.replace(/^#/, "");
  if (text.length > LONGEST)
    return {
      state: START,
      messages: [`the link is ${text.length} characters long; links of up to ${LONGEST} are read`],
    };
  const state: { -readonly [Name in keyof ExplorerState]?: unknown } = {};
  const messages: string[] = [];
  const unknown: string[] = [];
  for (const [key, value] of new URLSearchParams(text)) {
    if (key === "moved")
      state.moved = list(value, MOST_MOVED, readMoved, "places of what was moved", messages);
    else if (key === "hide")
      state.hidden = list(value, HIDEABLE.length, readHidden, "knobs to hide", messages);
    else if (key === "goal") state.goals = list(value, MOST_GOALS, readGoal, "goals", messages);
    else {
      const name = KNOB_NAMES.find((each) => KNOBS[each].key === key);
      if (name === undefined) unknown.push(shortened(key));
      else {
        const read = readKnob(KNOBS[name], value);
        if (read !== undefined) state[name] = read;
        else messages.push(`${key}=${shortened(value)} is not possible: ${rangeOf(KNOBS[name])}`);
      }
    }
  }
  if (unknown.length > 0) messages.push(`not known, and left out: ${unknown.slice(0, 10).join(", ")}`);
  return { state: freeze({ ...START, ...(state as Partial<ExplorerState>) }), messages };
}

/** What a knob can be, in words. */
export function rangeOf(knob: Knob): string {
  if (knob.kind === "switch") return "true or false";
  if (knob.kind === "choice") return knob.values.join(", ");
  return `${knob.min} to ${knob.max} in steps of ${knob.step}`;
}

function readKnob(knob: Knob, text: string): unknown {
  const value =
    knob.kind === "number"
      ? numberIn(text)
      : knob.kind === "switch"
        ? ({ true: true, false: false }[text] ?? text)
        : text;
  return isOfKnob(knob, value) ? value : undefined;
}

function list<T>(
  text: string,
  most: number,
  read: (part: string) => T | undefined,
  ...[what, messages]: [string, string[]]
): T[] {
  const parts = text === "" ? [] : text.split(",");
  const found = parts.slice(0, most).map(read);
  const good = found.filter((each) => each !== undefined);
  const lost = parts.length - good.length;
  if (lost > 0) messages.push(`${lost} of ${parts.length} ${what} could not be read, and are left out`);
  return good;
}

function readMoved(part: string): Moved | undefined {
  const [, letter, index, x, y] = /^([uip])(\d{1,6}):([^:]+):([^:]+)$/.exec(part) ?? [];
  const place = [numberIn(x), numberIn(y)];
  if (letter === undefined || place.some((value) => value === undefined || Math.abs(value) > FARTHEST))
    return undefined;
  const [atX, atY] = place as [number, number];
  return { what: LETTERS[letter as keyof typeof LETTERS], index: Number(index), x: atX, y: atY };
}

function readHidden(part: string): string | undefined {
  return HIDEABLE.find((name) => keyOf(name) === part);
}

/** The name of a knob in an address. */
function keyOf(name: string): string {
  return KNOBS[name as keyof typeof KNOBS].key;
}

function readGoal(part: string): Goal | undefined {
  const [, name, bound, number] = /^([a-z]+):(min|max):(.+)$/.exec(part) ?? [];
  const value = numberIn(number);
  const measure = MEASURES.find((each) => each === name);
  if (measure === undefined || value === undefined) return undefined;
  return { measure, is: bound === "min" ? "at least" : "at most", value };
}

function numberIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^-?\d{1,15}(\.\d{1,20})?(e-?\d{1,3})?$/.test(text)) return undefined;
  return Number(text);
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

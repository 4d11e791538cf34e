import { checkInteger, checkNumber, checkText } from "../../core/index.js";
import { InputError } from "../../core/index.js";

/** Okabe and Ito's colours, told apart with every kind of colour vision. */
export const OKABE_ITO = [
  "#0072B2",
  "#E69F00",
  "#009E73",
  "#CC79A7",
  "#56B4E9",
  "#D55E00",
  "#F0E442",
  "#000000",
] as const;

/** Colour of text and of axis lines. */
export const INK = "#222222";
/** Colour of what stands back: references, notes, single runs. */
export const MUTED = "#595959";
/** See-through, because Plotly draws the grid over lines that stand below the data. */
export const GRID = "rgba(0,0,0,0.1)";

const SYMBOLS = [
  "circle",
  "square",
  "diamond",
  "triangle-up",
  "cross",
  "x",
  "triangle-down",
  "star",
] as const;
const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"] as const;

/** The colour of prototype `k` (from 0), the same in every figure; repeats after 8. */
export function prototypeColor(k: number): string {
  return at(OKABE_ITO, k, "prototypeColor: k");
}

/** From light to dark, for what is counted; on white each is at least 3 : 1. */
const RAMP = ["#8C8C8C", "#4A98C9", "#2579B5", "#1A5F96", "#134573", "#0B2B4E"] as const;

/** The colour of K or K* = `k` (from 1) prototypes, the same in every figure: grey where one reward holds for all, then light to dark. */
export function kColor(k: number): string {
  checkInteger("kColor: k", k, { min: 1 });
  return RAMP[Math.min(k, RAMP.length) - 1];
}

/** Tol's muted colours: none of them is a prototype's. */
const GROUPS = [
  "#882255",
  "#117733",
  "#332288",
  "#997700",
  "#AA4499",
  "#44AA99",
  "#CC6677",
  "#88CCEE",
] as const;

/** The colour of group `i` (from 0) that is given in the data, not found: a persona, a country, a method; repeats after 8. */
export function groupColor(i: number): string {
  return at(GROUPS, i, "groupColor: i");
}

/** The marker of group `k` (from 0), so that colour is never the only difference; repeats after 8. */
export function symbolOf(k: number): string {
  return at(SYMBOLS, k, "symbolOf: k");
}

/** The dash of line `k` (from 0); repeats after 6. */
export function dashOf(k: number): string {
  return at(DASHES, k, "dashOf: k");
}

/** `color` ("#rrggbb") with an opacity of 0-1. */
export function rgba(color: string, alpha: number): string {
  checkText("rgba: color", color, 'a colour, "#rrggbb"');
  checkNumber("rgba: alpha", alpha, { min: 0, max: 1 });
  const digits = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color);
  if (digits === null) throw new InputError(`rgba: color must be "#rrggbb", got "${color}"`);
  const [red, green, blue] = digits.slice(1).map((pair) => Number.parseInt(pair, 16));
  return `rgba(${red},${green},${blue},${alpha})`;
}

function at(list: readonly string[], index: number, what: string): string {
  checkInteger(what, index, { min: 0 });
  return list[index % list.length];
}

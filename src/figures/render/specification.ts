import { stableJson } from "../../core/index.js";
import type { Json } from "../../core/index.js";
import type { Figure } from "../figure.js";

/** Significant digits of every number in a specification; what is drawn is what is saved. */
const DIGITS = 4;

/** The parts of a figure that Plotly draws, as JSON: rounded to 4 significant digits, keys sorted. */
export function specificationJson(figure: Figure, indent?: number): string {
  const { data, layout, frames, alt } = figure;
  return stableJson({ data, layout, alt, ...(frames && { frames }) }, { digits: DIGITS, indent });
}

/** The same for a still picture: without frames, sliders and buttons. */
export function stillJson(figure: Figure): string {
  const layout = without(figure.layout, ["sliders", "updatemenus"]);
  const config = { staticPlot: true };
  return stableJson({ data: figure.data, layout, config }, { digits: DIGITS });
}

/** `object` without some of its keys. */
export function without(
  object: { readonly [key: string]: Json | undefined },
  keys: readonly string[],
): { readonly [key: string]: Json | undefined } {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** A figure's record as it is saved: full precision, keys sorted. */
export function recordJson(figure: Figure): string {
  return `${stableJson(figure.record, { indent: 2 })}\n`;
}

import type { PlotlyObject } from "../figure.js";
import { blend } from "./blend.js";
import { prototypeColor, symbolOf } from "./palette.js";
import { plainText } from "./text.js";

/** Weights on prototypes, [K], non-negative; undefined where they are not known. */
export type Weights = readonly number[] | undefined;

/** The colour of somebody who is a mixture of prototypes: theirs, mixed by weight; that of the heaviest where weights are not known. */
export function personColor(weights: Weights, heaviest: number): string {
  if (weights === undefined || !weights.some((weight) => weight > 0)) return prototypeColor(heaviest);
  return blend(
    weights.map((_, k) => prototypeColor(k)),
    weights,
  );
}

/** Markers of people whose heaviest prototype is `group` (from 0): a colour each, one symbol, so that colour is never the only difference. */
export function peopleMarker(weights: readonly Weights[], group: number, size = 6): PlotlyObject {
  const colors = weights.map((own) => personColor(own, group));
  const [first = prototypeColor(group)] = colors;
  const color = colors.every((each) => each === first) ? first : colors;
  return { color, size, opacity: 0.8, symbol: symbolOf(group) };
}

/** What a trace without points needs to be the legend's entry for people of `k` prototypes: it says what their colours are. */
export function peopleEntry(k: number, areKnown: boolean, rank: number): PlotlyObject {
  const even = personColor(Array.from({ length: k }, () => 1), 0); // prettier-ignore
  const colour = areKnown
    ? "their prototypes' colours, mixed by weight"
    : "the colour of their heaviest prototype";
  return {
    ...{ mode: "markers", name: `users: ${colour}`, legendrank: rank, hoverinfo: "skip" },
    marker: { color: even, size: 8 },
  };
}

/** A legend's entry, without a point, for who is all of prototype `k` (from 0). @param name plain text */
export function pureEntry(name: string, k: number): PlotlyObject {
  const marker = { color: prototypeColor(k), size: 8, symbol: symbolOf(k) };
  return { type: "scatter", mode: "markers", x: [null], y: [null], name: plainText(name), marker };
}

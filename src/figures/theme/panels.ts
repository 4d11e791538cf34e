import type { Json } from "../../core/index.js";
import { checkInteger, checkNumber, checkNumbers } from "../../core/index.js";
import type { PlotlyObject } from "../figure.js";
import { axis } from "./layout.js";
import { INK } from "./palette.js";
import { axisOf } from "./references.js";
import { plainText } from "./text.js";

/** How a row of panels is laid out. */
export interface PanelOptions {
  /** Plain text above each panel; their number is the number of panels. */
  readonly titles: readonly string[];
  /** An axis as {@link axis} makes it; the same for every panel. */
  readonly xaxis: PlotlyObject;
  readonly yaxis: PlotlyObject;
  /** One unit is as long across as up (latent spaces); default false. */
  readonly equal?: boolean;
  /** Space between panels as a fraction of the width; default 0.04. */
  readonly gap?: number;
}

/** Axes (`xaxis`, `xaxis2`, …) and title annotations of panels side by side; zoom and ranges are shared. */
export function panelAxes(options: PanelOptions): { axes: PlotlyObject; annotations: PlotlyObject[] } {
  const { titles, equal = false, gap = 0.04 } = options;
  const axes: Record<string, Json> = {};
  const annotations = titles.map((title, i) => {
    const domain = panelDomain(i, titles.length, gap);
    const n = i + 1;
    const suffix = n === 1 ? "" : String(n);
    axes[`xaxis${suffix}`] = {
      ...options.xaxis,
      domain,
      anchor: axisOf("y", n),
      ...(n > 1 && { matches: "x" }),
    };
    axes[`yaxis${suffix}`] = {
      ...options.yaxis,
      anchor: axisOf("x", n),
      ...(n > 1 && { matches: "y", showticklabels: false, title: { text: "" } }),
      ...(equal && n === 1 && { scaleanchor: axisOf("x", n), scaleratio: 1, constrain: "domain" }),
    };
    return panelTitle(title, domain);
  });
  return { axes, annotations };
}

/**
 * From where to where panel `i` (from 0) of `count` reaches, as fractions of the plot's width; `gap` lies between two.
 * @throws InputError for a count below 1, a panel that is none of them, and a gap outside 0 … 1
 */
export function panelDomain(i: number, count: number, gap = 0.04): [number, number] {
  checkInteger("panelDomain: count", count, { min: 1 });
  checkInteger("panelDomain: i", i, { min: 0, max: count - 1 });
  checkNumber("panelDomain: gap", gap, { min: 0, max: 1 });
  const width = (1 - gap * (count - 1)) / count;
  return [i * (width + gap), i * (width + gap) + width];
}

/** A bold plain text centred above a panel: an annotation. @param domain as {@link panelDomain} gives it @throws InputError */
export function panelTitle(title: string, domain: readonly [number, number]): PlotlyObject {
  checkNumbers("panelTitle: domain", domain);
  const [from, to] = domain;
  return {
    text: `<b>${plainText(title)}</b>`,
    font: { size: 14, color: INK },
    showarrow: false,
    ...{ x: (from + to) / 2, xref: "paper", xanchor: "center", y: 1, yref: "paper", yanchor: "bottom" },
    yshift: 6,
  };
}

/** A ternary axis system for weights on three prototypes: `ternary` of a layout. @param names plain texts at the corners */
export function simplexAxes(
  names: readonly [string, string, string],
  domain: { readonly x: readonly [number, number]; readonly y: readonly [number, number] } = {
    x: [0, 1],
    y: [0, 1],
  },
): PlotlyObject {
  const [a, b, c] = names.map((name) => ({
    ...axis(name, { tickvals: [0.2, 0.4, 0.6, 0.8], tickformat: ".1f", min: 0 }),
    title: { text: plainText(name), font: { size: 13 } },
    tickfont: { size: 12 },
  }));
  const [aaxis, baxis, caxis] = [a, b, c].map(withoutCartesian);
  return { sum: 1, bgcolor: "#FFFFFF", aaxis, baxis, caxis, domain: { x: [...domain.x], y: [...domain.y] } };
}

function withoutCartesian(given: PlotlyObject): PlotlyObject {
  const cartesian = new Set(["automargin", "zeroline"]);
  return Object.fromEntries(Object.entries(given).filter(([key]) => !cartesian.has(key)));
}

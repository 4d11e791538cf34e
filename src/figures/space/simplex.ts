import { checkIsRecord } from "../../core/index.js";
import type { FigureRecord } from "../../core/index.js";
import type { Figure, PlotlyObject } from "../figure.js";
import * as theme from "../theme/index.js";

type Weights = readonly (readonly [number, number, number])[];

/** Users on the simplex over three prototypes: the truth and what was learned, in the same order. */
export interface UserSimplex {
  readonly truth: Weights;
  readonly learned: Weights;
  /** Each user's heaviest true prototype. */
  readonly groups: readonly number[];
}

/** Two ternary plots: users' true weights, and the weights that the model learned for the same users. */
export function userSimplex(record: FigureRecord<UserSimplex>): Figure {
  checkIsRecord("userSimplex: record", record);
  const { truth, learned, groups } = record.extra ?? { truth: [], learned: [], groups: [] };
  const names = (word: string): [string, string, string] => [`${word} 1`, `${word} 2`, `${word} 3`];
  const panels = [theme.panelDomain(0, 2, 0.12), theme.panelDomain(1, 2, 0.12)] as const;
  return {
    id: record.id,
    data: [...corner(truth, groups, "ternary"), ...corner(learned, groups, "ternary2")],
    layout: {
      ...theme.baseLayout({ ...theme.WIDE, height: 500, title: record.claim, panels: true, legend: "below" }),
      ternary: theme.simplexAxes(names("true prototype"), { x: panels[0], y: [0, 0.9] }),
      ternary2: theme.simplexAxes(names("learned"), { x: panels[1], y: [0, 0.9] }),
      annotations: [
        theme.panelTitle("true weights", panels[0]),
        theme.panelTitle("learned weights", panels[1]),
      ],
    },
    alt: "Two triangles: the true weights of users over three prototypes, and the learned ones; users near a corner in one are near the matching corner in the other.",
    record,
  };
}

function corner(weights: Weights, groups: readonly number[], subplot: string): PlotlyObject[] {
  return [...new Set(groups)]
    .sort((a, b) => a - b)
    .map((group) => {
      const mine = weights.filter((_, i) => groups[i] === group);
      const name = `users of true prototype ${group + 1}`;
      return {
        ...{ type: "scatterternary", mode: "markers", subplot, name, legendgroup: name, cliponaxis: false },
        showlegend: subplot === "ternary",
        a: mine.map((w) => w[0]),
        b: mine.map((w) => w[1]),
        c: mine.map((w) => w[2]),
        marker: {
          color: theme.rgba(theme.prototypeColor(group), 0.7),
          size: 7,
          symbol: theme.symbolOf(group),
        },
        hovertemplate: "%{a:.2f}, %{b:.2f}, %{c:.2f}<extra></extra>",
      };
    });
}

import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { checkedTitle, withClaim, type CheckedWords } from "../checked-title.js";
import { subtitleOf } from "../subtitle.js";
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
  const { truth, learned: found, groups } = record.extra ?? { truth: [], learned: [], groups: [] };
  if (truth.length === 0 || found.length === 0)
    return emptyFigure(record, "the record holds nothing that could be drawn");
  const learned = matched(found, truth);
  const said = checkedTitle(wordsOf({ truth, learned }));
  const names = (word: string): [string, string, string] => [`${word} 1`, `${word} 2`, `${word} 3`];
  const panels = [theme.panelDomain(0, 2, 0.12), theme.panelDomain(1, 2, 0.12)] as const;
  const [left, right] = panels.map(([from, to]): [number, number] => [from + 0.03, to - 0.03]); // room for names at corners
  return {
    id: record.id,
    data: [
      ...corner(truth, { groups, colors: truth, subplot: "ternary" }),
      ...corner(learned, { groups, colors: truth, subplot: "ternary2" }),
      ...legendEntries(),
    ],
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        height: 500,
        title: said.title,
        subtitle: subtitleOf(record),
        panels: true,
        legend: "below",
      }),
      ternary: theme.simplexAxes(names("true prototype"), { x: left, y: [0, 0.9] }),
      ternary2: theme.simplexAxes(names("learned"), { x: right, y: [0, 0.9] }),
      annotations: [
        theme.panelTitle("true weights", panels[0]),
        theme.panelTitle("learned weights", panels[1]),
      ],
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

/** Correlation of the distances between users from which neighbours are kept. */
const KEPT = 0.8;

function wordsOf({ truth, learned }: Pick<UserSimplex, "truth" | "learned">): CheckedWords {
  const r = distanceCorrelation(truth, learned);
  const what = `Two triangles: the true weights of ${truth.length} users over three prototypes, and the learned ones, prototypes in the order that fits best`;
  return {
    holds: r >= KEPT,
    title: "Users keep their neighbours on the learned simplex",
    alt: `${what}; distances between users correlate by ${r.toFixed(2)}.`,
    otherwise: "True and learned weights of the same users",
  };
}

/** Pearson's correlation of the distances between users in the two triangles; 0 where there are none. */
function distanceCorrelation(truth: Weights, learned: Weights): number {
  const pairs = truth.flatMap((_, i) => truth.slice(0, i).map((__, j) => [i, j] as const));
  const of = (weights: Weights): number[] =>
    pairs.map(([i, j]) => Math.hypot(...weights[i].map((w, c) => w - weights[j][c])));
  const [a, b] = [of(truth), of(learned)].map((values) => {
    const centre = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    return values.map((value) => value - centre);
  });
  const sum = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((s, value, i) => s + value * y[i], 0);
  const scale = Math.sqrt(sum(a, a) * sum(b, b));
  return scale === 0 ? 0 : sum(a, b) / scale;
}

const ORDERS = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] as const; // prettier-ignore

/** Learned weights with prototypes in the order in which they are nearest to the true ones: their numbers mean nothing. */
function matched(learned: Weights, truth: Weights): Weights {
  const reordered = ORDERS.map((order): Weights =>
    learned.map((w) => [w[order[0]], w[order[1]], w[order[2]]]),
  );
  const apart = reordered.map((weights) =>
    weights.reduce((sum, w, i) => sum + Math.hypot(...w.map((value, c) => value - truth[i][c])), 0),
  );
  return reordered[apart.indexOf(Math.min(...apart))];
}

/** Users of a triangle, in the same colours in both: by their true weights. */
function corner(
  weights: Weights,
  {
    groups,
    colors,
    subplot,
  }: { readonly groups: readonly number[]; readonly colors: Weights; readonly subplot: string },
): PlotlyObject[] {
  return [...new Set(groups)]
    .sort((a, b) => a - b)
    .map((group) => {
      const mine = [...groups.keys()].filter((i) => groups[i] === group);
      return {
        ...{
          type: "scatterternary",
          mode: "markers",
          subplot,
          name: "users",
          cliponaxis: false,
          showlegend: false,
        },
        a: mine.map((i) => weights[i][0]),
        b: mine.map((i) => weights[i][1]),
        c: mine.map((i) => weights[i][2]),
        marker: theme.peopleMarker(
          mine.map((i) => colors[i]),
          group,
          7,
        ),
        hovertemplate:
          "prototype 1: %{a:.2f}<br>prototype 2: %{b:.2f}<br>prototype 3: %{c:.2f}<extra></extra>",
      };
    });
}

/** Who is all of one prototype, and what the colours between are. */
function legendEntries(): PlotlyObject[] {
  const point = {
    type: "scatterternary",
    mode: "markers",
    subplot: "ternary",
    a: [null],
    b: [null],
    c: [null],
  };
  const pure = [0, 1, 2].map((k) => ({
    ...{ ...theme.pureEntry(`true prototype ${k + 1}`, k), ...point, legendrank: 30 + k },
  }));
  return [{ ...point, ...theme.peopleEntry(3, true, 20) }, ...pure];
}

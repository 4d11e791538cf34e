import { checkIsRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle, withClaim } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { heatTrace } from "../heat-trace.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { rootWords } from "./root-words.js";

/** The tree of what was asked for, and that of something else. */
const [RIGHT, WRONG] = ["tree, soft", "track alone, soft"];

/** How far the picture goes: metres and radians. */
const FAR = [3.2, 0.42] as const;

/** Trees in the plane of cart position and pole angle: the reward as shade, each decision as a line, each leaf's reward where it is likeliest. */
export function treePlanes(record: FigureRecord): Figure {
  checkIsRecord("treePlanes: record", record);
  const methods = [RIGHT, WRONG].filter((method) => record.rows.some((row) => row.method === method));
  const drawn = methods.flatMap(
    (method) => record.rows.find((row) => row.method === method && row.series !== undefined) ?? [],
  );
  if (drawn.length < 2) return emptyFigure(record);
  const [right, wrong] = methods.map((method) =>
    rootWords(record.rows.filter((row) => row.method === method)),
  );
  const said = checkedTitle({
    holds:
      right.variable === "pole angle" && wrong.variable === "cart position" && right.isAll && wrong.isAll,
    title: `A wrong reward shows at its root: ${wrong.variable} in ${wrong.times} runs; the right one has ${right.variable} in ${right.times}`,
    alt: `Largest weight at the root: of the tree for pole and track ${right.words}; of the tree for the track alone ${wrong.words}. Shades are rewards, lines are decisions, numbers are leaves.`,
    otherwise: `Largest weight at the root: tree for pole and track ${right.words}; tree for the track alone ${wrong.words}`,
  });
  const titles = ["asked for pole and track", "asked for track alone"].map(
    (asked, i) => `${asked}: ${rootWords([drawn[i]]).share}`,
  );
  const { axes, annotations } = theme.panelAxes({
    titles,
    xaxis: theme.axis("cart position (m)", {
      range: [-FAR[0], FAR[0]],
      showgrid: false,
      tickvals: [-2.4, 0, 2.4],
    }),
    yaxis: theme.axis("pole angle (rad)", {
      range: [-FAR[1], FAR[1]],
      showgrid: false,
      tickvals: [-0.21, 0, 0.21],
    }),
    gap: 0.05,
  });
  return {
    id: record.id,
    data: drawn.flatMap((row, i) => panelOf(row, i + 1)),
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        ...{ height: 480, title: said.title, subtitle: subtitleOf(record), panels: true, legend: "below" },
      }),
      ...axes,
      annotations: [...annotations, ...drawn.flatMap((row, i) => leavesOf(row, i + 1))],
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

const refs = (n: number): PlotlyObject => ({ xaxis: theme.axisOf("x", n), yaxis: theme.axisOf("y", n) });

function panelOf(row: RecordRow, n: number): PlotlyObject[] {
  const { positions = [], angles = [], rewards = [], planes = [] } = row.series ?? {};
  const cells = angles.map((_, i) => rewards.slice(i * positions.length, (i + 1) * positions.length));
  const heat = heatTrace(theme.groupColor(0), {
    ...{ x: [...positions], y: [...angles], z: cells, zmin: 0, zmax: 1, ...refs(n) },
    hovertemplate: "position %{x:.2f} m, angle %{y:.2f} rad: reward %{z:.2f}<extra></extra>",
  });
  const lines = Array.from({ length: planes.length / 3 }, (_, i) => {
    const { x, y } = cutOf(planes.slice(3 * i, 3 * i + 3));
    const isRoot = i === 0;
    return {
      ...{ type: "scatter", mode: "lines", x, y, hoverinfo: "skip", ...refs(n) },
      ...{ name: isRoot ? "root's decision" : "other decisions", legendgroup: isRoot ? "root" : "others" },
      showlegend: n === 1 && i < 2,
      line: {
        color: isRoot ? theme.INK : theme.MUTED,
        width: isRoot ? 3 : 1.6,
        dash: isRoot ? "solid" : "dash",
      },
    };
  });
  return [heat, ...lines, limitsOf(row, n)];
}

/** Where a x + c y + b is 0 within the picture. */
function cutOf([a, c, b]: readonly number[]): { readonly x: number[]; readonly y: number[] } {
  const [farX, farY] = FAR;
  const ends = [
    ...[-farX, farX].map((x) => [x, -(a * x + b) / c]),
    ...[-farY, farY].map((y) => [-(c * y + b) / a, y]),
  ].filter(([x, y]) => Math.abs(x) <= farX + 1e-9 && Math.abs(y) <= farY + 1e-9);
  return { x: ends.slice(0, 2).map(([x]) => x), y: ends.slice(0, 2).map(([, y]) => y) };
}

/** What the answers reward: a dotted frame, open above and below where the angle does not count. */
function limitsOf({ series = {} }: RecordRow, n: number): PlotlyObject {
  const [position = NaN, angle] = series.limits ?? [];
  const sides = [-position, position];
  const [x, y] =
    angle === undefined
      ? [sides.flatMap((at) => [at, at, null]), sides.flatMap(() => [-FAR[1], FAR[1], null])]
      : [
          [-position, position, position, -position, -position],
          [-angle, -angle, angle, angle, -angle],
        ];
  return {
    ...{ type: "scatter", mode: "lines", x, y, hoverinfo: "skip", ...refs(n) },
    ...{ name: "what the answers reward", legendgroup: "limits", showlegend: n === 1 },
    line: { color: theme.groupColor(1), width: 2.5, dash: "dot" },
  };
}

function leavesOf({ series = {} }: RecordRow, n: number): PlotlyObject[] {
  const { leaves = [] } = series;
  return Array.from({ length: leaves.length / 3 }, (_, i) => {
    const [reward, ...at] = leaves.slice(3 * i, 3 * i + 3);
    // whole boxes within the picture
    const [x, y] = at.map((value, j) => Math.max(-0.86 * FAR[j], Math.min(0.86 * FAR[j], value)));
    return {
      ...theme.note({
        text: reward.toFixed(2),
        x,
        y,
        xref: theme.axisOf("x", n),
        yref: theme.axisOf("y", n),
      }),
      ...{ bgcolor: "rgba(255,255,255,0.85)", bordercolor: theme.MUTED, borderwidth: 1, borderpad: 3 },
    };
  });
}

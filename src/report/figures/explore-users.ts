import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure, subtitleOf, theme, type Figure, type PlotlyObject } from "../../figures/index.js";

/** Users' weights, and a group of each. */
export interface ExploreUsers {
  /** A row of K weights for each user. */
  readonly weights: readonly (readonly number[])[];
  /** Coordinates in the plane for more than three prototypes (PCA of the weights). */
  readonly plane?: readonly (readonly [number, number])[];
  /** Fractions of the variance that the plane's axes hold. */
  readonly explained?: readonly number[];
  readonly groups: readonly string[];
  /** What the groups are: "group given in the data", "heaviest prototype". */
  readonly grouping: string;
  /** Whether the data says the groups; else they were found, and have their prototypes' colours. */
  readonly given?: boolean;
  /** What the weights are on: "type" or "prototype" (default). */
  readonly noun?: string;
}

/** Users on the simplex: a histogram for two prototypes, a triangle for three, the plane of most variance for more. */
export function exploreUsers(record: FigureRecord<ExploreUsers>): Figure {
  checkIsRecord("exploreUsers: record", record);
  const extra = record.extra ?? { weights: [], groups: [], grouping: "" };
  if (extra.weights.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const k = extra.weights[0]?.length ?? 1;
  const base = theme.baseLayout({
    title: record.claim,
    subtitle: subtitleOf(record),
    legendTitle: k <= 2 ? extra.grouping : legendTitleOf(extra),
    height: k === 3 ? 560 : 440,
  });
  const names = [...new Set(extra.groups)].sort().slice(0, 8);
  const parts = names.map((name, i) => ({
    name,
    i: extra.given === true ? i : placeOf(name, i),
    mine: [...extra.groups.keys()].filter((u) => extra.groups[u] === name),
  }));
  const alt = `${extra.weights.length} users by their weights on ${k} ${extra.noun ?? "prototype"}s, coloured by ${extra.grouping}.`;
  return {
    id: record.id,
    ...(k <= 2
      ? histogram(extra, parts, base)
      : k === 3
        ? triangle(extra, parts, base)
        : plane(extra, parts, base)),
    alt,
    record,
  };
}

/** What a legend's entries are: given groups, or who people are mixtures of. */
export function legendTitleOf({ given, grouping }: Pick<ExploreUsers, "given" | "grouping">): string {
  return given === true ? grouping : "mixtures of";
}

/** The place (from 0) of a type or prototype that was found, by the number in its name: others keep their colours where one is nobody's. */
export function placeOf(name: string, otherwise: number): number {
  const number = Number(/\d+$/.exec(name)?.[0] ?? NaN);
  return number >= 1 ? number - 1 : otherwise;
}

type Parts = readonly { readonly name: string; readonly i: number; readonly mine: readonly number[] }[];
type Drawn = Pick<Figure, "data" | "layout">;

function histogram(
  { weights, given, noun = "prototype" }: ExploreUsers,
  parts: Parts,
  base: PlotlyObject,
): Drawn {
  return {
    data: parts.map(({ name, i, mine }) => ({
      ...{ type: "histogram", name: theme.plainText(name), x: mine.map((u) => weights[u].at(-1) ?? 1) },
      xbins: { start: 0, end: 1.0001, size: 0.05 },
      marker: { color: colorOf(i, given) },
      hovertemplate: "%{y} users<extra></extra>",
    })),
    layout: {
      ...base,
      barmode: "stack",
      xaxis: theme.axis(`weight on ${noun} 2 (the rest is on ${noun} 1)`, { range: [-0.01, 1.01] }),
      yaxis: theme.axis("users", { rangemode: "tozero" }),
    },
  };
}

function colorOf(i: number, isGiven = false): string {
  return isGiven ? theme.groupColor(i) : theme.prototypeColor(i);
}

/** Markers of the users of a part: people have their prototypes' colours mixed by weight, unless the data says their groups. */
function look({ weights, given = false }: ExploreUsers, { i, mine }: Parts[number]): PlotlyObject {
  if (given) return { color: theme.rgba(theme.groupColor(i), 0.65), size: 6, symbol: theme.symbolOf(i) };
  return theme.peopleMarker(
    mine.map((u) => weights[u]),
    i,
  );
}

/** Entries of a legend where each point has a colour of its own. */
function entries(parts: Parts, isGiven = false): PlotlyObject[] {
  return isGiven ? [] : parts.map(({ name, i }) => theme.pureEntry(name, i));
}

function triangle(extra: ExploreUsers, parts: Parts, base: PlotlyObject): Drawn {
  const { weights, given = false, noun = "prototype" } = extra;
  const points = parts.map((part): PlotlyObject => {
    const { name, mine } = part;
    return {
      ...{
        type: "scatterternary",
        mode: "markers",
        name: theme.plainText(name),
        cliponaxis: false,
        ...{ marker: look(extra, part), showlegend: given },
      },
      ...{
        a: mine.map((u) => weights[u][0]),
        b: mine.map((u) => weights[u][1]),
        c: mine.map((u) => weights[u][2]),
      },
      hovertemplate: `${noun} 1: %{a:.2f}<br>${noun} 2: %{b:.2f}<br>${noun} 3: %{c:.2f}<extra></extra>`,
    };
  });
  const pure = entries(parts, given).map((entry) => ({
    ...entry,
    type: "scatterternary",
    a: [null],
    b: [null],
    c: [null],
  }));
  return {
    data: [...points, ...pure],
    layout: {
      ...base,
      ternary: theme.simplexAxes([`${noun} 1`, `${noun} 2`, `${noun} 3`], { x: [0, 1], y: [0, 0.93] }),
    },
  };
}

function plane(extra: ExploreUsers, parts: Parts, base: PlotlyObject): Drawn {
  const { plane: points = [], explained = [], given = false } = extra;
  const percent = (i: number): string => `${Math.round(100 * (explained[i] ?? 0))} % of the variance`;
  const shown = parts.map((part): PlotlyObject => {
    const { name, mine } = part;
    return {
      ...{ type: "scatter", mode: "markers", name: theme.plainText(name), marker: look(extra, part) },
      ...{ x: mine.map((u) => points[u][0]), y: mine.map((u) => points[u][1]) },
      ...{ hoverinfo: "name", showlegend: given },
    };
  });
  return {
    data: [...shown, ...entries(parts, given)],
    layout: {
      ...base,
      xaxis: theme.axis(`first principal component of the weights (${percent(0)})`),
      yaxis: theme.axis(`second (${percent(1)})`, { scaleanchor: "x", scaleratio: 1 }),
    },
  };
}

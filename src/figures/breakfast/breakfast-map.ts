import { checkIsRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { WIDE_TEXT } from "../column.js";
import { checkedTitle, withClaim, type CheckedWords } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { planePoints, type PlanePoints } from "../space/plane-points.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { labelPlaces } from "./label-places.js";

const SIZE = { width: 760, height: 640 } as const;
/** Pixels beside the plot. */
const [ACROSS, UP] = [96, 190];

/** What an item is, by its name; a toast pop-up is a filled pastry from the toaster, and neither. */
const KINDS = ["pastry", "plain toast", "sweet toast", "muffin, roll or other"] as const;

/** Where one run places items, prototypes and people. */
interface Places {
  readonly names: readonly string[];
  readonly items: PlanePoints;
  readonly prototypes: PlanePoints;
  readonly people: PlanePoints;
}

/** Breakfast items in the plane that PAL-A learned from rankings, with the ideal points of those who ranked, in the run of the first seed. */
export function breakfastMap(record: FigureRecord): Figure {
  checkIsRecord("breakfastMap: record", record);
  const runs = record.rows.filter((row) => row.series?.people !== undefined).sort((a, b) => a.seed - b.seed);
  if (runs.length === 0) return emptyFigure(record);
  const all = runs.map(placesOf);
  const [shown] = all;
  const said = checkedTitle(wordsOf(all));
  const ranges = rangesOf(shown);
  const bare = { showticklabels: false, ticks: "", zeroline: false };
  return {
    id: record.id,
    data: [
      cloud("people", shown.people, {
        color: theme.rgba(theme.groupColor(2), 0.5),
        size: 9,
        symbol: "circle",
      }),
      cloud(`prototypes (K = ${shown.prototypes.length})`, shown.prototypes, {
        ...{ color: theme.INK, size: 15, symbol: "diamond-open", line: { width: 2.4 } },
      }),
      ...itemTraces(shown, ranges),
    ],
    layout: {
      ...theme.baseLayout({
        ...SIZE,
        title: said.title,
        subtitle: subtitleOf(record),
        legend: "below",
        legendRows: 2,
      }),
      xaxis: theme.axis("latent dimension 1 (no unit)", { ...bare, range: [...ranges.x] }),
      yaxis: theme.axis("latent dimension 2 (no unit)", { ...bare, range: [...ranges.y], scaleanchor: "x" }),
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

function placesOf({ series = {}, settings = {} }: RecordRow): Places {
  const points = (name: string): PlanePoints => planePoints(series[name] ?? []);
  const items = points("items");
  const names = String(settings.items ?? "").split("; ");
  return {
    names: items.map((_, i) => names[i] ?? `item ${i + 1}`),
    ...{ items, prototypes: points("prototypes"), people: points("people") },
  };
}

function cloud(name: string, points: PlanePoints, marker: PlotlyObject): PlotlyObject {
  return {
    ...{ type: "scatter", mode: "markers", name, marker, hoverinfo: "skip" },
    x: points.map(([x]) => x),
    y: points.map(([, y]) => y),
  };
}

function kindOf(name: string): (typeof KINDS)[number] {
  if (/toast/.test(name) && /cinnamon|marmalade|jelly/.test(name)) return "sweet toast";
  if (/buttered toast|toast and margarine/.test(name)) return "plain toast";
  return /donut|bun|pastry|cake/i.test(name) ? "pastry" : "muffin, roll or other";
}

function itemTraces({ names, items, people }: Places, ranges: ReturnType<typeof rangesOf>): PlotlyObject[] {
  const labels = items.map(([x, y], i) => ({ x, y, text: names[i] }));
  const places = labelPlaces(labels, ranges, people);
  return KINDS.flatMap((kind, k) => {
    const mine = [...items.keys()].filter((i) => kindOf(names[i]) === kind);
    if (mine.length === 0) return [];
    const color = theme.groupColor([0, 3, 4, 1][k]);
    return {
      ...cloud(
        kind,
        mine.map((i) => items[i]),
        { color, size: 8, symbol: ["square", "triangle-up", "triangle-down", "cross"][k] },
      ),
      mode: "markers+text",
      meta: WIDE_TEXT,
      text: mine.map((i) => theme.plainText(names[i])),
      textposition: mine.map((i) => places[i]),
      textfont: { size: 12, color: theme.INK },
    };
  });
}

/** What is seen: all of it with room for texts, a unit as long across as up. */
function rangesOf({ items, prototypes, people }: Places): {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Pixels a unit. */
  readonly scale: number;
} {
  const all = [...items, ...prototypes, ...people];
  const [width, height] = [SIZE.width - ACROSS, SIZE.height - UP];
  const ends = ([0, 1] as const).map((axis) => {
    const values = all.map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)] as const;
  });
  const scale = Math.min(
    ...ends.map(([low, high], axis) => (0.82 * [width, height][axis]) / Math.max(1e-9, high - low)),
  );
  const around = (axis: 0 | 1): [number, number] => {
    const middle = (ends[axis][0] + ends[axis][1]) / 2;
    const half = [width, height][axis] / scale / 2;
    return [middle - half, middle + half];
  };
  return { x: around(0), y: around(1), scale };
}

/** The mean of the items of a kind. */
function centre({ names, items }: Places, kind: string): readonly [number, number] {
  const mine = items.filter((_, i) => kindOf(names[i]) === kind);
  const mean = (axis: 0 | 1): number =>
    mine.reduce((sum, point) => sum + point[axis], 0) / Math.max(1, mine.length);
  return [mean(0), mean(1)];
}

const apart = ([a, b]: readonly [number, number], [c, d]: readonly [number, number]): number =>
  Math.hypot(a - c, b - d);

/** How far a point has come from the middle of pastries, 0, to that of plain toast, 1. */
function wayTo(places: Places): (point: readonly [number, number]) => number {
  const [from, to] = [centre(places, "pastry"), centre(places, "plain toast")];
  const length = apart(from, to) ** 2;
  return ([x, y]) => ((x - from[0]) * (to[0] - from[0]) + (y - from[1]) * (to[1] - from[1])) / length;
}

/** Whether every pastry is on the pastries' half of the way, every plain toast on the other, and sweet toast on average between the two middles. */
function isParted(places: Places): boolean {
  const way = wayTo(places);
  const of = (kind: string): number[] =>
    places.items.filter((_, i) => kindOf(places.names[i]) === kind).map((point) => way(point));
  const [pastries, plain] = [of("pastry"), of("plain toast")];
  const between = way(centre(places, "sweet toast"));
  return (
    pastries.length > 0 &&
    plain.length > 0 &&
    pastries.every((at) => at < 0.5) &&
    plain.every((at) => at > 0.5) &&
    between > 0 &&
    between < 1
  );
}

function wordsOf(all: readonly Places[]): CheckedWords {
  const [shown] = all;
  const way = wayTo(shown);
  const near = shown.people.filter((point) => way(point) < 0.5).length;
  const what = `${shown.items.length} breakfast items and the ideal points of ${shown.people.length} people in the plane that PAL-A learned from their rankings`;
  return {
    holds: all.every((places) => isParted(places)),
    title: "Pastries lie on one side, plain toast on the other, sweet toast between them",
    alt: `${what}: pastries lie on one side, plain toast on the other, sweet toast between them; ${near} people stand on the pastries' half of the way.`,
    otherwise: what,
  };
}

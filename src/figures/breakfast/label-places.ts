import type { PlanePoints } from "../space/plane-points.js";

/** A text at a point, in the units of the axes. */
export interface Labelled {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Where a text may stand by its point, as Plotly calls it, with the way to its middle in halves of its width and in heights. */
const PLACES = [
  ["middle right", 1, 0],
  ["middle left", -1, 0],
  ["top center", 0, 1],
  ["bottom center", 0, -1],
  ["top right", 1, 1],
  ["bottom right", 1, -1],
  ["top left", -1, 1],
  ["bottom left", -1, -1],
] as const;

/** Pixels of a letter, of a line, and from a point to its text. */
const [LETTER, LINE, GAP] = [6.4, 14, 7];

interface Box {
  readonly left: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
}

/**
 * For each text the side of its point where it lies least over other texts, points, and the edge: one after the other, those with the most neighbours
 * first.
 * @param plot what is seen of the axes, and pixels to a unit
 * @param others points without texts, which may be covered where nothing else is free
 */
export function labelPlaces(
  labels: readonly Labelled[],
  plot: {
    readonly x: readonly [number, number];
    readonly y: readonly [number, number];
    readonly scale: number;
  },
  others: PlanePoints = [],
): string[] {
  const pixels = (x: number, y: number) =>
    [(x - plot.x[0]) * plot.scale, (y - plot.y[0]) * plot.scale] as const;
  const at = labels.map(({ x, y }) => pixels(x, y));
  const edge: Box = {
    left: 0,
    low: 0,
    right: (plot.x[1] - plot.x[0]) * plot.scale,
    high: (plot.y[1] - plot.y[0]) * plot.scale,
  };
  const near = at.map(
    ([a, b]) => at.filter(([c, d]) => Math.abs(a - c) < 120 && Math.abs(b - d) < 40).length,
  );
  const order = [...labels.keys()].sort((a, b) => near[b] - near[a] || a - b);
  const dot = ([a, b]: readonly [number, number]): Box => ({
    left: a - 4,
    right: a + 4,
    low: b - 4,
    high: b + 4,
  });
  const dots = at.map(dot);
  const crowd = others.map(([x, y]) => dot(pixels(x, y)));
  const placed: Box[] = [];
  const found = labels.map(() => "");
  for (const i of order) {
    const options = PLACES.map(([name, across, up], rank) => {
      const box = boxOf(at[i], labels[i].text, [across, up]);
      const over = covered(box, [...placed, ...dots.filter((_, j) => j !== i)]) + 0.3 * covered(box, crowd);
      const outside = LINE * LETTER * labels[i].text.length - overlap(box, edge);
      return { name, box, cost: over + 4 * outside + rank };
    });
    const best = options.reduce((a, b) => (b.cost < a.cost ? b : a));
    placed.push(best.box);
    found[i] = best.name;
  }
  return found;
}

function boxOf(
  [a, b]: readonly [number, number],
  text: string,
  [across, up]: readonly [number, number],
): Box {
  const half = (LETTER * text.length) / 2;
  const middle = a + across * (half + GAP);
  const height = b + up * (LINE / 2 + GAP);
  return { left: middle - half, right: middle + half, low: height - LINE / 2, high: height + LINE / 2 };
}

function covered(box: Box, others: readonly Box[]): number {
  return others.reduce((sum, other) => sum + overlap(box, other), 0);
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.high, b.high) - Math.max(a.low, b.low);
  return width > 0 && height > 0 ? width * height : 0;
}

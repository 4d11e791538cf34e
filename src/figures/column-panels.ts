import type { PlotlyObject } from "./figure.js";

/** Pixels between panels below each other: ticks and title of an axis, and the next panel's title. */
const BETWEEN = 84;

type Domain = readonly [number, number];

/** Panels of one row below each other, each as wide as the picture; other layouts are as they were. */
export function stacked(layout: PlotlyObject): PlotlyObject {
  const panels = panelsOf(layout);
  const rows = new Set(panels.map(({ y }) => y.join())).size;
  if (panels.length < 2) return layout;
  if (rows > 1) return lowered(layout, panels.length / rows, rows);
  const margin = layout.margin as { readonly [side: string]: number };
  const across = Number(layout.width) - margin.l - margin.r;
  const isEqual = panels.some(({ isSquare }) => isSquare);
  const each = Math.round(across * (isEqual ? 0.95 : 0.62));
  const between = BETWEEN + 18 * (titleLines(layout) - 1);
  const plot = panels.length * each + (panels.length - 1) * between;
  const places = panels.map(({ x }, i) => {
    const top = 1 - (i * (each + between)) / plot;
    return { from: x, to: [Math.max(0, top - each / plot), top] as Domain };
  });
  const moved = Object.fromEntries(
    panels.flatMap((panel, i) => Object.entries(panel.moved(places[i].to, layout))),
  );
  return {
    ...layout,
    ...moved,
    annotations: listOf(layout.annotations).map((note) => movedNote(note, places)),
    height: plot + margin.t + margin.b,
  };
}

/** Lines of the titles below the panels. */
function titleLines(layout: PlotlyObject): number {
  const titles = Object.entries(layout).flatMap(([name, axis]) => {
    const { text } = ((axis as PlotlyObject | null)?.title ?? {}) as { readonly text?: string };
    return name.startsWith("xaxis") && text !== undefined ? [text.split("<br>").length] : [];
  });
  return Math.max(1, ...titles);
}

/** A grid of panels stays one, with cells as high as wide. */
function lowered(layout: PlotlyObject, columns: number, rows: number): PlotlyObject {
  const margin = layout.margin as { readonly [side: string]: number };
  const cell = (Number(layout.width) - margin.l - margin.r) / columns;
  return { ...layout, height: Math.round(rows * (cell + 46) + margin.t + margin.b) };
}

interface Panel {
  readonly x: Domain;
  readonly y: Domain;
  readonly isSquare: boolean;
  moved(y: Domain, layout: PlotlyObject): PlotlyObject;
}

/** What has a place of its own: pairs of axes, and triangles. */
function panelsOf(layout: PlotlyObject): Panel[] {
  const names = Object.keys(layout);
  const cartesian = names
    .filter((name) => /^xaxis\d*$/.test(name))
    .map((name): Panel => {
      const [axis, up] = [layout[name] as PlotlyObject, layout[name.replace("x", "y")] as PlotlyObject];
      return {
        x: domainOf(axis.domain),
        y: domainOf(up.domain),
        isSquare: up.scaleanchor !== undefined || (layout.yaxis as PlotlyObject).scaleanchor !== undefined,
        moved: (y, { yaxis }) => ({
          [name]: { ...axis, domain: [0, 1] },
          [name.replace("x", "y")]: { ...up, ...ownTicks(up, yaxis as PlotlyObject), domain: [...y] },
        }),
      };
    });
  const ternary = names
    .filter((name) => /^ternary\d*$/.test(name))
    .map((name): Panel => {
      const { domain = {}, ...own } = layout[name] as PlotlyObject;
      const { x, y } = domain as PlotlyObject;
      return {
        ...{ x: domainOf(x), y: domainOf(y), isSquare: true },
        moved: (to) => ({
          [name]: { ...own, domain: { x: [0.15, 0.85], y: [to[0], to[1] - 0.1 * (to[1] - to[0])] } },
        }),
      };
    });
  return [...cartesian, ...ternary].sort((a, b) => a.x[0] - b.x[0]);
}

/** A panel that stood beside the first one, and had its ticks and title, gets its own. */
function ownTicks(axis: PlotlyObject, first: PlotlyObject): PlotlyObject {
  if (axis.matches === undefined) return {};
  return { title: first.title, showticklabels: first.showticklabels !== false };
}

/** A panel's title goes above its new place. */
function movedNote(
  note: PlotlyObject,
  places: readonly { readonly from: Domain; readonly to: Domain }[],
): PlotlyObject {
  if (note.xref !== "paper" || note.yref !== "paper" || note.yanchor !== "bottom") return note;
  const x = Number(note.x);
  const found = places.find(({ from: [left, right] }) => Math.abs((left + right) / 2 - x) < 0.02);
  return found === undefined || Number(note.y) < 0.5 ? note : { ...note, x: 0.5, y: found.to[1] };
}

function domainOf(given: unknown): Domain {
  return Array.isArray(given) ? [Number(given[0]), Number(given[1])] : [0, 1];
}

function listOf(given: unknown): readonly PlotlyObject[] {
  return Array.isArray(given) ? (given as readonly PlotlyObject[]) : [];
}

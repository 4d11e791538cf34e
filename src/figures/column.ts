import { checkOneOf } from "../core/index.js";
import { checkIsFigure, type Figure } from "./figure.js";
import { acrossTexts, boxTexts, legendBelow, rewrapped, shortSide } from "./column-texts.js";
import { stacked } from "./column-panels.js";

/** Of a journal's page: one of its two columns, or both. */
export type Column = "single" | "double";

/** Inches that journals print a column at, and the pixels that a figure is laid out in: 12 px of text are 7 pt on paper, in both. */
export const COLUMNS = {
  single: { inches: 3.5, pixels: 432 },
  double: { inches: 7.16, pixels: 884 },
} as const;

/**
 * The figure laid out anew for a column of print: its texts stay as large, titles are wrapped, panels that no longer fit beside each other
 * stand below each other, and the legend goes below.
 * @throws InputError for an unknown column
 */
export function forColumn(figure: Figure, column: Column): Figure {
  checkIsFigure("forColumn: figure", figure);
  const { pixels: width } = COLUMNS[checkOneOf("forColumn: column", column, ["single", "double"])];
  const { layout } = figure;
  const narrow = Number(layout.width ?? 720) > width * 1.05;
  if (column === "double" && !narrow) return { ...figure, layout: { ...layout, width } };
  const sized = rewrapped(layout, width);
  if (column === "double") return { ...figure, layout: boxTexts(shortSide(sized)) };
  const placed = acrossTexts(legendBelow(figure.data, sized));
  return {
    ...figure,
    data: figure.data.map((trace) => (isWideText(trace.meta) ? { ...trace, mode: "markers" } : trace)),
    layout: boxTexts(shortSide(stacked(placed))),
  };
}

/** Names of points that a narrow picture has no room for: their markers stay. */
export const WIDE_TEXT = { texts: "where there is room" } as const;

function isWideText(meta: unknown): boolean {
  return (meta as Partial<typeof WIDE_TEXT> | undefined)?.texts === WIDE_TEXT.texts;
}

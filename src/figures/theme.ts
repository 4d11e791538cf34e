/** The look that all figures share. Knows no figure and runs in a browser. */
export {
  GRID,
  INK,
  MUTED,
  OKABE_ITO,
  dashOf,
  kStarColor,
  prototypeColor,
  rgba,
  symbolOf,
} from "./theme/palette.js";
export { breakLines, plainText, wrapText } from "./theme/text.js";
export { FONT, ONE_PANEL, WIDE, accuracyAxis, axis, baseLayout, countAxis, logAxis } from "./theme/layout.js";
export type { LayoutOptions } from "./theme/layout.js";
export { axisOf, ceilingLine, chanceLine, chosenLine, marks, note, paperLine } from "./theme/references.js";
export type { Level, Marks } from "./theme/references.js";
export { intervalSeries, summarise } from "./theme/intervals.js";
export type { IntervalSeriesOptions, Summary } from "./theme/intervals.js";
export { panelAxes, panelDomain, panelTitle, simplexAxes } from "./theme/panels.js";
export type { PanelOptions } from "./theme/panels.js";

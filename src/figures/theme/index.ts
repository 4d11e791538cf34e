/** The look that all figures share. Knows no figure and runs in a browser. */
export {
  GRID,
  INK,
  MUTED,
  OKABE_ITO,
  dashOf,
  groupColor,
  kColor,
  prototypeColor,
  rgba,
  symbolOf,
} from "./palette.js";
export { blend } from "./blend.js";
export { peopleEntry, peopleMarker, pureEntry } from "./people.js";
export type { Weights } from "./people.js";
export { breakLines, plainText, wrapText } from "./text.js";
export { FONT, ONE_PANEL, WIDE, accuracyAxis, axis, baseLayout, countAxis, logAxis } from "./layout.js";
export { markupTitle, TITLE_LINE, titleParts } from "./title.js";
export type { LayoutOptions } from "./layout.js";
export { axisOf, ceilingLine, chanceLine, chosenLine, marks, note, oneRun, paperLine } from "./references.js";
export type { Level, Marks } from "./references.js";
export { intervalSeries, summarise } from "./intervals.js";
export type { IntervalSeriesOptions, Summary } from "./intervals.js";
export { panelAxes, panelDomain, panelTitle, simplexAxes } from "./panels.js";
export type { PanelOptions } from "./panels.js";

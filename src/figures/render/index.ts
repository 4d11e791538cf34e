/** Figures to files and notebooks: the part that needs Node. Specifications are made without it. */
export { disposeRenderer, renderSvg } from "./svg.js";
export { checkAttributes } from "./check-attributes.js";
export { renderPng } from "./png.js";
export type { PngOptions } from "./png.js";
export { renderHtml } from "./html.js";
export { findFigures } from "./find-figures.js";
export { figuresFolder } from "./figures-folder.js";
export { figureFiles, saveFigure } from "./save-figure.js";
export type { SavedFigure } from "./save-figure.js";
export { displayBundle, show } from "./show.js";
export type { ShowOptions } from "./show.js";
export { notebookDisplay } from "./notebook-display.js";
export type { DisplayBundle, NotebookDisplay } from "./notebook-display.js";
export { plotlyScript } from "./live-html.js";
export { plotlySource } from "./plotly-window.js";
export { rowsToCsv } from "./csv.js";

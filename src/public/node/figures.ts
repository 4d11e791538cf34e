/** The whole of `figures`: in a browser nothing is drawn to files. */
export * from "../figures.js";
export {
  figuresFolder,
  renderHtml,
  renderPng,
  renderSvg,
  saveFigure,
  show,
} from "../../figures/render/index.js";
export type { SavedFigure } from "../../figures/render/index.js";

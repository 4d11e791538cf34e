/** Figures: a record in, a Plotly specification out. */
export * from "../figures/index.js";
export * from "../report/figures/index.js";
export * as theme from "./theme.js";

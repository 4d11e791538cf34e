/** pal-lab in a browser (in a worker: training computes without a break): the same names, less what needs Node. */
export * from "./public/index.js";
export * from "./public/web/index.js";

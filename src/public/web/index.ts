/** The namespaces of a browser that have more in Node. */
export * as data from "../data.js";
export * as figures from "../figures.js";
export * as study from "../study.js";

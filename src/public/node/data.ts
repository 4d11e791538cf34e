/** Data: simulated, published, and from one's own files. */
export * from "../../data/index.js";
export * from "../../data/files/index.js";

/** pal-lab: what a first lesson needs, by name; everything else in namespaces. */
export * from "./public/index.js";
export * from "./public/node/index.js";

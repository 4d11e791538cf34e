/** The page of an exploration: a browser builds it too. */
export { explorePage } from "./explore-page.js";
export type { ExplorePage } from "./explore-page.js";
export { exploreFigures } from "./explore-figures.js";

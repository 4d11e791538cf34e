export { bayesAccuracy, beliefAccuracy, blindAccuracy, kindPosterior, oracleAccuracy } from "./ceilings.js";
export {
  CART_POLE_LIMITS,
  CART_POLE_VARIABLES,
  cartPoleReward,
  cartPoleSnippets,
  pushCart,
} from "./cart-pole.js";
export type { Snippets } from "./cart-pole.js";
export { didactic, didacticModes } from "./didactic.js";
export type { DidacticOptions, DidacticWorld } from "./didactic.js";
export { digitGrid } from "./digit-grid.js";
export type { DigitGrid } from "./digit-grid.js";
export { valueIteration } from "./grid.js";
export type { Moves, Values } from "./grid.js";
export { hiddenContext } from "./hidden-context.js";
export type { HiddenContext, HiddenContextOptions } from "./hidden-context.js";
export { cellFeatures, largeMaze, mazeWorld } from "./maze.js";
export type { Maze, MazeOptions, MazeWorld } from "./maze.js";
export { ANIMALS, PET_MIXES, pets } from "./pets.js";
export type { Animal, PetMix, PetSentences, PetsOptions } from "./pets.js";
export { PLACES, rankings, tidy, TIDY_OBJECTS } from "./rankings.js";
export type { RankingsOptions, RankingsWorld } from "./rankings.js";
export { ratedWorld } from "./rated.js";
export type { RatedOptions } from "./rated.js";
export { snippetItems } from "./snippets.js";
export { checkIsWorld, usersOf } from "./world.js";
export type { World, WorldSize } from "./world.js";
export { believers, GARDEN_WEIGHTS, moveValues } from "./believers.js";
export type { BelieversOptions, BelieversWorld, RatedMoves } from "./believers.js";
export type { Slips } from "./grid.js";
export { CELL_KINDS, CELL_MARKS, GARDEN, slipperyGrid } from "./slippery.js";
export type { SlipperyGrid } from "./slippery.js";

/** Pictures of points that a slider walks through: markup, and the script that a page runs. A browser runs it. */
export { movingIn, movingMarkup, movingOutput } from "./markup.js";
export { checkMoving } from "./moving.js";
export type { Moving, MovingAxis, MovingFrame, MovingPoints, MovingSymbol } from "./moving.js";
export { MOVING_SCRIPT } from "./script.js";
export { MOVING_COLORS } from "./style.js";

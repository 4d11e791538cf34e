import { checkObject } from "../core/index.js";
import type { Moves } from "../data/worlds/index.js";

/** @throws InputError naming `caller` for what is no table of moves */
export function checkMoves(caller: string, moves: Moves): void {
  const parts = ["states", "actions", "next"];
  checkObject(`${caller}: moves`, moves, parts, "a table { states, actions, next }");
}

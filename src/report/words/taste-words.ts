import { checkObject } from "../../core/index.js";
import type { Exploration } from "../../evaluate/index.js";

/** What may look like different tastes where users are of several types; nothing where they are not. */
export function tasteWords(choice: Pick<Exploration["choice"], "k">): string {
  checkObject("tasteWords: choice", choice, ["k"], "the choice of what explore returns");
  if (choice.k === 1) return "";
  return "That people answer differently does not say that they value different things: habits of answering (taking the first one), or beliefs about what is judged (how likely a plan fails), may look like taste. Beliefs can be told from tastes by asking again once everybody was shown the facts: what was belief is then gone, what is taste stays.";
}

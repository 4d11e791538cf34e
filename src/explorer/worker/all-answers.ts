import { worldAnswers } from "../world/answers.js";
import type { Answers } from "./answers.js";
import type { CallName } from "./protocol.js";

/** Who answers what: a room's answers, a line each. */
export const ANSWERS: Partial<Answers<CallName>> = {
  ...worldAnswers,
};

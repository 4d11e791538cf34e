import { collapseAnswers } from "../collapse/answers.js";
import { ownDataAnswers } from "../own-data/answers.js";
import { personAnswers } from "../person/answers.js";
import { worldAnswers } from "../world/answers.js";
import type { Answers } from "./answers.js";
import type { CallName } from "./protocol.js";

/** Who answers what: a room's answers, a line each. */
export const ANSWERS: Partial<Answers<CallName>> = {
  ...worldAnswers,
  ...personAnswers,
  ...ownDataAnswers,
  ...collapseAnswers,
};

import { show } from "../../core/index.js";
import type { Table } from "./table.js";
import type { AnswerOptions } from "./assemble.js";
import type { ReadingOptions } from "./formats/format.js";

/** Notes on options that were given and change nothing, as the table is of another kind, or says it itself. */
export function unusedOptions(
  { user, scale, strength, pairs }: AnswerOptions & ReadingOptions,
  of: {
    readonly table: Table;
    readonly user: number | undefined;
    readonly isGraded: boolean;
    readonly isJudged: boolean;
  },
): string[] {
  const { table, isGraded, isJudged } = of;
  return [
    ...(user !== undefined && of.user !== undefined
      ? [
          `that ${show(user)} gave all answers is not used: column ${show(table.columns[of.user])} says who did`,
        ]
      : []),
    ...(scale !== undefined && !isGraded
      ? ["scale is not used: it is of grades, and the answers here are none"]
      : []),
    ...(strength === "weight" && !isGraded && !isJudged
      ? ["strength is not used: answers here say which item is preferred, not how strongly"]
      : []),
    ...(pairs !== undefined && !isJudged
      ? ["pairs is not used: it is of rankings, ratings and choices, and each answer here is one pair"]
      : []),
  ];
}

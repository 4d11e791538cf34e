import { DataError, messageOf, show } from "../../../core/index.js";
import type { PersonaStatement } from "../../persona-pool.js";

/**
 * The statements in the text of a persona's JSONL file: an object a line with `statement` and
 * `answer_matching_behavior` (" Yes" or " No").
 * @param file the name that errors give
 * @throws DataError naming file and line
 */
export function parseStatements(file: string, text: string): PersonaStatement[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const statements: PersonaStatement[] = [];
  lines.forEach((line, i) => {
    if (line.trim() !== "") statements.push(parseLine(file, i + 1, line));
  });
  if (statements.length === 0) throw new DataError({ file }, "has no statements");
  return statements;
}

function parseLine(file: string, line: number, text: string): PersonaStatement {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch (cause) {
    throw new DataError({ file, line }, `is not JSON: ${messageOf(cause)}`, { cause });
  }
  if (typeof row !== "object" || row === null) {
    throw new DataError({ file, line }, `must be an object, got ${show(text)}`);
  }
  const { statement, answer_matching_behavior: answer } = row as Record<string, unknown>;
  if (typeof statement !== "string" || statement.trim() === "") {
    throw new DataError({ file, line, column: "statement" }, `must be a text, got ${show(statement)}`);
  }
  if (answer !== " Yes" && answer !== " No") {
    const column = "answer_matching_behavior";
    throw new DataError({ file, line, column }, `must be " Yes" or " No", got ${show(answer)}`);
  }
  return { text: statement, agrees: answer === " Yes", line };
}

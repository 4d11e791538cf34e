import { expect, test } from "vitest";
import { DataError } from "../../../core/index.js";
import { parseStatements } from "./read-statements.js";

const good = JSON.stringify({ statement: "I like it", answer_matching_behavior: " Yes" });

test("reads statements with their lines, whatever the line ends and blank lines", () => {
  const against = JSON.stringify({ statement: "I do not", answer_matching_behavior: " No" });
  expect(parseStatements("x.jsonl", `${good}\r\n\n${against}\n`)).toEqual([
    { text: "I like it", agrees: true, line: 1 },
    { text: "I do not", agrees: false, line: 3 },
  ]);
});

test.each([
  ['{"statement": "cut', "x.jsonl:2: is not JSON"],
  ["3", "x.jsonl:2: must be an object"],
  ['{"answer_matching_behavior":" Yes"}', "x.jsonl:2 (column statement): must be a text, got undefined"],
  [
    '{"statement":"a","answer_matching_behavior":"Yes"}',
    '(column answer_matching_behavior): must be " Yes" or " No"',
  ],
])("names file and line of a broken line: %s", (line, message) => {
  const parse = () => parseStatements("x.jsonl", `${good}\n${line}\n`);
  expect(parse).toThrow(DataError);
  expect(parse).toThrow(message);
});

test("refuses a file without statements", () => {
  expect(() => parseStatements("x.jsonl", "\n")).toThrow("x.jsonl: has no statements");
});

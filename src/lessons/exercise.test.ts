import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { markdown } from "../report/markdown.js";
import { exerciseBundle } from "./exercise.js";
import type { ExerciseCheck } from "./exercise-check.js";
import { judgeAnswer, type Verdict } from "./judge-answer.js";

const hint = "who knows nobody says what most people say";
const rate: ExerciseCheck = { is: 0.7662, within: 0.05, range: [0, 1], hint };
const few: ExerciseCheck = { is: [0.8, 0.9], within: 0.02, range: [0.5, 1], hint };
const family: ExerciseCheck = { is: "LoRe", of: ["LoRe", "PAL-A", "VPL"], hint };
const count: ExerciseCheck = { is: 100, of: [25, 100, 400], hint };
const objects: ExerciseCheck = { is: ["fork", "spoon"], of: ["fork", "spoon", "pot"], hint };
const winners: ExerciseCheck = { is: ["VPL", "LoRe"], of: ["LoRe", "PAL-A", "VPL"], inOrder: true, hint };
const least: ExerciseCheck = { is: (beta: number) => beta >= 0.4, range: [0, 10], hint };
const statement: ExerciseCheck = { is: (id: string) => id.startsWith("art"), of: ["art:1", "math:1"], hint };
const square: ExerciseCheck = { measure: (of: (x: number) => number) => of(3), is: 9, within: 1e-6, hint };

/** An object that cannot be written as text, and throws for whoever looks. */
const hostile: unknown = new Proxy(
  {},
  {
    get() {
      throw new Error("hands off");
    },
  },
);
const BAD: readonly unknown[] = [
  ...[
    "0.77",
    "lore ",
    true,
    1n,
    Symbol("x"),
    {},
    Object.create(null),
    hostile,
    [hostile],
    Promise.resolve(1),
  ],
  ...[
    () => 1,
    [[]],
    [{}],
    Infinity,
    new Date(NaN),
    new Map(),
    new DataView(new ArrayBuffer(8)),
    "x".repeat(5000),
  ],
];
const EMPTY: readonly unknown[] = [NaN, undefined, null, "", " \n", [], [NaN], ["", undefined], new Set()];

const verdictOf = (answer: unknown, check: ExerciseCheck): Verdict => judgeAnswer(answer, check).verdict;

describe("an answer", () => {
  test.each<[string, unknown, ExerciseCheck, Verdict]>([
    ["a number near enough", 0.73, rate, "right"],
    ["a number at the edge, whatever its last bit", 0.7662 + 0.05, rate, "right"],
    ["a number too far", 0.71, rate, "wrong"],
    ["a number that is what a function wants", 0.4, least, "right"],
    ["a number that is not", 0.39, least, "wrong"],
    ["numbers near enough", [0.81, 0.89], few, "right"],
    ["numbers of a typed array", Float64Array.of(0.8, 0.9), few, "right"],
    ["one number of two", [0.81, 0.7], few, "wrong"],
    ["numbers in another order", [0.9, 0.8], few, "wrong"],
    ["a name, however it is written", " lore", family, "right"],
    ["another name", "VPL", family, "wrong"],
    ["a number to choose", 100, count, "right"],
    ["another number to choose", 25, count, "wrong"],
    ["a number as a text", "100", count, "wrong"],
    ["names in any order, one twice", ["Spoon", "fork", "spoon"], objects, "right"],
    ["a set of names", new Set(["fork", "spoon"]), objects, "right"],
    ["a name missing", ["fork"], objects, "wrong"],
    ["a name too many", ["fork", "spoon", "pot"], objects, "wrong"],
    ["names in their order", ["VPL", "LoRe"], winners, "right"],
    ["names in another order", ["LoRe", "VPL"], winners, "wrong"],
    ["an id that a function takes", "art:1", statement, "right"],
    ["an id that it does not", "math:1", statement, "wrong"],
    ["a function", (x: number) => x * x, square, "right"],
    ["a function that does something else", (x: number) => 2 * x, square, "wrong"],
    ["a function that does nothing yet", () => NaN, square, "none"],
    ["a function without a value", () => undefined, square, "none"],
  ])("%s", (_, answer, check, verdict) => {
    expect(verdictOf(answer, check)).toBe(verdict);
  });

  test.each(EMPTY)("that is not there yet is neither right nor an error: %s", (answer) => {
    for (const check of [rate, few, family, count, objects, winners, least, statement, square])
      expect(verdictOf(answer, check)).toBe("none");
  });

  test("of the wrong kind is never right, and never throws", () => {
    for (const check of [few, count, objects, winners, statement, rate, { ...family, is: "VPL" }])
      for (const answer of BAD) {
        const { data } = exerciseBundle(answer, check);
        expect(data["text/plain"]).toMatch(/^Exercise: not right yet\. \S/);
        expect(data["text/plain"]).not.toMatch(/\[object|\n/);
      }
  });
});

describe("what is said", () => {
  test.each<[string, unknown, ExerciseCheck, string]>([
    ["right, and what the run gives", 0.75, rate, "It is 0.766; within 0.05 of the right value counts."],
    ["too high", 0.9, rate, `0.9 is too high: within 0.05 of the right value counts. Hint: ${hint}`],
    ["too low", 0.5, rate, `0.5 is too low: within 0.05 of the right value counts. Hint: ${hint}`],
    [
      "not there yet, and what is expected, without the hint",
      NaN,
      rate,
      "There is no answer yet. Expected: a number from 0 to 1, within 0.05 of the right value.",
    ],
    ["a per cent", 77, rate, `Expected a number from 0 to 1, got 77: 77 % is written 0.77. Hint: ${hint}`],
    ["below the range", -1, rate, `Expected a number from 0 to 1, got -1. Hint: ${hint}`],
    ["a text", "0.77", rate, `got the text "0.77": a number is written without quotes. Hint: ${hint}`],
    ["a list for a number", [1], rate, "Expected a number from 0 to 1, got a list of 1."],
    ["too few numbers", [0.8], few, "Expected a list of 2 numbers from 0.5 to 1, got a list of 1."],
    [
      "one that is no number",
      [0.8, "b"],
      few,
      'got the text "b": a number is written without quotes at place 2.',
    ],
    ["how many are right", [0.8, 0.7], few, "1 of 2 are right; each within 0.02 of the right value counts."],
    ["an unknown name", "Lora", family, 'Expected one of "LoRe", "PAL-A", "VPL", got the text "Lora".'],
    ["an unknown number", 50, count, "Expected one of 25, 100, 400, got 50."],
    ["how many names belong", ["fork", "pot"], objects, "1 of the 2 that you name belong there, of 2."],
    [
      "a name instead of names",
      "fork",
      objects,
      'Expected a list of some of "fork", "spoon", "pot", got the text "fork".',
    ],
    ["an unknown name among names", ["fork", "knife"], objects, 'got the text "knife" at place 2.'],
    [
      "names for each",
      ["VPL"],
      winners,
      'Expected a list of 2, each one of "LoRe", "PAL-A", "VPL", got a list of 1.',
    ],
    [
      "a function that gives nothing yet",
      () => NaN,
      square,
      "Your function gives nothing yet. What it leads to is right within 0.000001 of the right value.",
    ],
    ["a number for a function", 3, square, "Expected a function, got 3."],
    [
      "what a function leads to",
      (x: number) => x,
      square,
      "What yours leads to (3) is too low: within 0.000001 of",
    ],
    [
      "a function that leads to no number",
      () => "9",
      square,
      'should lead to a number, and leads to the text "9".',
    ],
    ["a promise", () => Promise.resolve(9), square, "leads to a promise (write await before it)."],
    [
      "a function that throws",
      () => {
        throw new Error("not so");
      },
      square,
      "Your answer could not be tried: not so. Hint:",
    ],
    [
      "a run that gave no number",
      0.5,
      { ...rate, is: NaN },
      "The run gives nothing to compare with: run the cells above first.",
    ],
    [
      "a run that gave a list with a hole",
      [0.8, 0.9],
      { ...few, is: [0.8, NaN] },
      "The run gives nothing to compare with",
    ],
  ])("%s", (_, answer, check, words) => {
    expect(judgeAnswer(answer, check).says).toContain(words);
  });

  test("ten of many choices, and how many more", () => {
    const of = Array.from({ length: 1500 }, (_, i) => `s${i}`);
    expect(judgeAnswer("t", { is: "s3", of, hint }).says).toMatch(
      /^Expected one of "s0", .*"s9" and 1490 more, got/,
    );
  });

  test("the right answer to nobody who has not found it", () => {
    for (const answer of [NaN, 0.5, "0.7", [], {}])
      expect(judgeAnswer(answer, rate).says).not.toContain("0.766");
    for (const answer of ["", "VPL", 7]) expect(judgeAnswer(answer, family).says).not.toMatch(/It is/);
  });
});

describe("below its cell", () => {
  const spoiled = `<img src=x onerror="alert(1)"> *b* [c](javascript:d) | \`e\``;

  test("it is text, Markdown and markup that say the same in words, whatever an answer or a hint holds", () => {
    const { data } = exerciseBundle(spoiled, { ...family, hint: spoiled });
    const text = data["text/plain"] as string;
    expect(text).toContain(`Hint: ${spoiled}`);
    for (const markup of [data["text/html"] as string, markdown(data["text/markdown"] as string).markup]) {
      const { document } = new JSDOM(markup).window;
      expect(document.querySelectorAll("img, script, a, em, code, table")).toHaveLength(0);
      expect(document.querySelectorAll("strong")).toHaveLength(1);
      expect(document.querySelector("strong")?.textContent).toBe("Not right yet.");
      expect(document.body.textContent.trim().replace(/^✗ /, "")).toBe(
        text.replace("Exercise: not right yet.", "Not right yet."),
      );
    }
  });

  test("a screen reader hears the words and not the sign, and programs read the verdict", () => {
    for (const [answer, verdict, word] of [
      [0.77, "right", "Right."],
      [0.1, "wrong", "Not right yet."],
      [NaN, "none", "Not right yet."],
    ] as const) {
      const { data, metadata } = exerciseBundle(answer, rate);
      const { document } = new JSDOM(data["text/html"] as string).window;
      expect(document.querySelector('[role="status"] > strong')?.textContent).toBe(word);
      expect(document.querySelector("span")?.getAttribute("aria-hidden")).toBe("true");
      expect(metadata).toEqual({ "text/html": { exercise: verdict } });
    }
  });
});

describe("a check that is none is the lesson's mistake, and said", () => {
  test.each<[string, unknown, string]>([
    ["no check", undefined, "lab.exercise: check must be an object such as { is: 0.8"],
    ["no hint", { is: 1, within: 0 }, 'got an object without "hint"'],
    ["nothing that is right", { hint }, 'got an object without "is"'],
    ["a misspelt key", { is: 1, withing: 1, hint }, 'lab.exercise: unknown option "withing"'],
    [
      "a number without a tolerance",
      { is: 1, hint },
      "lab.exercise: within (how far from the number still counts)",
    ],
    [
      "a tolerance below 0",
      { is: [1], within: -1, hint },
      "within (how far from the number still counts) must be",
    ],
    ["names without a choice", { is: ["a"], hint }, "lab.exercise: names need of"],
    ["a range the wrong way round", { is: 1, within: 1, range: [1, 0], hint }, "range: the largest must be"],
    [
      "a range of texts",
      { is: 1, within: 1, range: "0 to 1", hint },
      "lab.exercise: range must be two numbers",
    ],
    ["a choice that is none", { is: "a", of: "abc", hint }, "lab.exercise: of must be an array"],
    [
      "a measure that is none",
      { is: 1, within: 1, measure: 3, hint },
      "lab.exercise: measure must be a function",
    ],
    ["a hint that is none", { is: 1, within: 1, hint: 3 }, "lab.exercise: hint must be"],
  ])("%s", (_, check, words) => {
    expect(() => judgeAnswer(1, check as ExerciseCheck)).toThrow(words);
  });
});

import { describe, expect, it } from "vitest";
import { makeNotebook } from "../fixtures/notebooks.js";
import { injectParameters, notebookParameters, ParameterError, parseParameters } from "./parameters.js";
import { hasTag, joinText } from "../../formats/index.js";
import type { Notebook } from "../../formats/index.js";
import type { Json } from "../../core/index.js";

const source = `// The seed of everything
const SEED = 1;
const PROFILE: "fast" | "full" = "fast"; // how much is computed
let rates = [0.1, -2];
const NAMES: readonly string[] = ["a"];
type Setting = "mixture" | "partition";
const SETTING: Setting = "mixture", FLAG = true;
const OPTIONS: { k: number; name?: string } = { k: 3 };
const PAIR: [number, string] = [1, "x"];
const MAYBE: number | null = null;
const LATER = Math.sqrt(2); /* any value */
const { destructured } = something;
function notOne(): void {}
`;

function withParameters(code: string = source): Notebook {
  return makeNotebook([{ md: "# T" }, { code, tags: ["parameters"] }, "SEED"]);
}

function injected(values: Record<string, Json>): string {
  return joinText(injectParameters(withParameters(), values).cells[2]?.source ?? "");
}

describe("the parameters of a notebook", () => {
  it("have name, type, default and comment", () => {
    const parameters = parseParameters(source);
    const rows = parameters.map(({ name, type, defaultValue, comment }) => [
      name,
      type,
      defaultValue,
      comment,
    ]);
    expect(rows).toEqual([
      ["SEED", "number", 1, "The seed of everything"],
      ["PROFILE", '"fast" | "full"', "fast", "how much is computed"],
      ["rates", "number[]", [0.1, -2], ""],
      ["NAMES", "readonly string[]", ["a"], ""],
      ["SETTING", "Setting", "mixture", ""],
      ["FLAG", "boolean", true, ""],
      ["OPTIONS", "{ k: number; name?: string }", { k: 3 }, ""],
      ["PAIR", "[number, string]", [1, "x"], ""],
      ["MAYBE", "number | null", null, ""],
      ["LATER", undefined, undefined, "any value"],
    ]);
    expect(parameters.at(-1)?.defaultText).toBe("Math.sqrt(2)");
  });

  const inferred: [string, string | undefined][] = [
    ["-3", "number"],
    ["2 ** 10 - 1", "number"],
    ['"a" + 1', "string"],
    ["`a${1}`", "string"],
    ["!true", "boolean"],
    ["[1, 'a']", "(number | string)[]"],
    ["[[1], [2]]", "number[][]"],
    ["{ k: 3, names: ['a'], deep: { on: true } }", "{ k: number; names: string[]; deep: { on: boolean } }"],
    ['"fast" as const', "string"],
    ['"fast" as "fast" | "full"', '"fast" | "full"'],
    ["[]", undefined],
    ["null", undefined],
    ["f(1)", undefined],
  ];
  it.each(inferred)("have the type of their value where none is declared: %s", (text, type) => {
    expect(parseParameters(`const A = ${text};`)[0]?.type).toBe(type);
  });

  it("are none without a cell tagged so, and must not be in two", () => {
    expect(notebookParameters(makeNotebook(["const A = 1"]))).toEqual([]);
    const cell = { code: "const A = 1", tags: ["parameters"] };
    expect(() => notebookParameters(makeNotebook([cell, { md: "" }, cell]))).toThrow(
      'only one cell may be tagged "parameters", but cells 1 and 3 are',
    );
  });
});

describe("injected parameters", () => {
  it("are declared anew, with keyword and type, in a cell behind", () => {
    expect(injected({ SEED: 7, rates: [], PROFILE: "full", LATER: { any: "thing" } })).toBe(
      [
        "// Injected parameters",
        "const SEED: number = 7;",
        "let rates: number[] = [];",
        'const PROFILE: "fast" | "full" = "full";',
        'const LATER = {"any":"thing"};',
      ].join("\n"),
    );
  });

  it("replace those of an earlier run; without values nothing changes", () => {
    const once = injectParameters(withParameters(), { SEED: 2 });
    const twice = injectParameters(once, { SEED: 3 });
    expect(twice.cells).toHaveLength(4);
    expect(joinText(twice.cells[2]?.source ?? "")).toContain("SEED: number = 3");
    expect(injectParameters(once, {})).toBe(once);
  });

  const good: [string, Json][] = [
    ["SEED", 1.5],
    ["SETTING", "partition"],
    ["FLAG", false],
    ["NAMES", ["x", "y"]],
    ["OPTIONS", { k: 1, name: "n" }],
    ["PAIR", [2, "y"]],
    ["MAYBE", 3],
    ["MAYBE", null],
  ];
  it.each(good)("%s may be %j", (name, value) => {
    expect(injected({ [name]: value })).toContain(JSON.stringify(value));
  });

  const bad: [string, Json, string][] = [
    ["SEED", "1", 'parameter "SEED" must be number, got "1" (string)'],
    ["SEED", null, 'parameter "SEED" must be number, got null (null)'],
    ["PROFILE", "slow", 'parameter "PROFILE" must be "fast" | "full", got "slow" (string)'],
    ["SETTING", "gaussian", 'parameter "SETTING" must be Setting, got "gaussian" (string)'],
    ["FLAG", 1, 'parameter "FLAG" must be boolean, got 1 (number)'],
    ["rates", [1, "2"], 'parameter "rates" must be number[], got [1,"2"] (array)'],
    ["NAMES", "a", 'parameter "NAMES" must be readonly string[], got "a" (string)'],
    ["OPTIONS", {}, 'parameter "OPTIONS" must be { k: number; name?: string }, got {} (object)'],
    ["PAIR", [1], 'parameter "PAIR" must be [number, string], got [1] (array)'],
  ];
  it.each(bad)("%s must not be %j", (name, value, message) => {
    expect(() => injected({ [name]: value })).toThrow(message);
    expect(() => injected({ [name]: value })).toThrow(ParameterError);
  });

  it("must exist: the error lists those that do", () => {
    expect(() => injected({ SEEDS: 1 })).toThrow(
      /^unknown parameter "SEEDS"; the notebook has "SEED", "PROFILE", "rates", .*"LATER"$/,
    );
    expect(() => injectParameters(makeNotebook(["1"]), { A: 1 })).toThrow(
      'unknown parameter "A": the notebook has no cell tagged "parameters"',
    );
  });
});

describe("what is computed from a given parameter", () => {
  const injectedInto = (code: string, values: Record<string, Json>): string => {
    const notebook = makeNotebook([{ code, tags: ["parameters"] }, "N;"]);
    const { cells } = injectParameters(notebook, values);
    return joinText(cells.find((cell) => hasTag(cell, "injected-parameters"))?.source ?? "");
  };

  it("is computed again, in its order, and nothing else is", () => {
    const code =
      "const N = 10;\nconst M = 3;\nconst HALF = N / 2;\nconst NAME = `run-${HALF}.csv`;\nconst OTHER = M + 1;";
    expect(injectedInto(code, { N: 100 })).toBe(
      "// Injected parameters\nconst N: number = 100;\nconst HALF = N / 2;\nconst NAME: string = `run-${HALF}.csv`;",
    );
    expect(injectedInto(code, { N: 100, HALF: 7 })).toBe(
      "// Injected parameters\nconst N: number = 100;\nconst HALF = 7;\nconst NAME: string = `run-${HALF}.csv`;",
    );
  });

  it("the injected cell gets an id that no other has", () => {
    const notebook = makeNotebook([{ code: "const N = 1;", tags: ["parameters"] }, "N;"]);
    const taken = {
      ...notebook,
      cells: notebook.cells.map((cell, i) => (i === 1 ? { ...cell, id: "injected-parameters" } : cell)),
    };
    expect(injectParameters(taken, { N: 2 }).cells.map(({ id }) => id)).toEqual([
      "c0",
      "injected-parameters-2",
      "injected-parameters",
    ]);
  });
});

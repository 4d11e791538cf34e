import { describe, expect, test } from "vitest";
import { randomStream, type RandomStream } from "../../core/index.js";
import { parseNotebook } from "../../formats/index.js";
import { stripNotebook } from "./strip-notebook.js";
import { stripNotebookText } from "./strip-text.js";

/** Text before and after stripping, made side by side. */
interface Sides {
  readonly given: string;
  readonly expected: string;
}

const same = (text: string): Sides => ({ given: text, expected: text });
const joined = (parts: readonly Sides[]): Sides => ({
  given: parts.map(({ given }) => given).join(""),
  expected: parts.map(({ expected }) => expected).join(""),
});

/** Values that a parser and a writer of JSON would change. */
const VALUES = [
  ...["9007199254740993", "1.0", "1e-07", "2.50E+3", "-0.0", "12345678901234567890", "[1.0 ,2]", "{ }"],
  ...['"caf\\u00e9 \\/ \\"x\\""', '"ß😀, ]}"', "null", "true", '{"b": 1.00,"a":[ ]}', '"outputs"'],
];

/** A notebook as some program might write it: any order of keys, any white space, line ends and a mark at its begin. */
function randomNotebook(rng: RandomStream): Sides {
  const pick = <T>(from: readonly T[]): T => from[rng.integer(from.length)];
  const end = pick(["\n", "\r\n"]);
  const space = (): string => pick(["", " ", end, `${end}   `]);
  const shuffled = <T>(all: readonly T[]): T[] => [...rng.permutation(all.length)].map((i) => all[i]);
  const object = (members: readonly (readonly [string, Sides])[]): Sides =>
    joined([
      same("{"),
      ...members.flatMap(([key, value], i) => [
        same(`${space()}"${key}"${space()}:${space()}`),
        value,
        same(space() + (i + 1 < members.length ? "," : "")),
      ]),
      same("}"),
    ]);
  const other = (): [string, Sides] => [`k${rng.integer(1000)}`, same(pick(VALUES))];
  const metadata = (tag: string): Sides => {
    const kept = [other(), other()];
    const rest = tag === "" ? kept : [...kept, ["tags", same(`["${tag}"]`)] as [string, Sides]];
    return object(shuffled(rest));
  };
  const cell = (): Sides => {
    const [source, id] = [same(pick(['"1 + 1"', '["a\\n", "b"]'])), same(`"c${rng.integer(1e6)}"`)];
    if (rng.integer(3) === 0)
      return object(
        shuffled([
          ["cell_type", same('"markdown"')],
          ["source", source],
          ["id", id],
          ["metadata", metadata("")],
        ]),
      );
    const out: Sides = {
      given: pick(['[{"output_type":"stream","name":"stdout","text":"], \\"x"}]', "[ ]", "[]"]),
      expected: "[]",
    };
    const outputs = out.given === "[ ]" ? same("[ ]") : out;
    return object(
      shuffled([
        ...([
          ["cell_type", same('"code"')],
          ["source", source],
          ["id", id],
        ] as const),
        ...([["metadata", metadata(pick(["", "parameters"]))], ["outputs", outputs], other()] as const),
        ["execution_count", { given: pick(["7", "null"]), expected: "null" }],
      ]),
    );
  };
  const cells = Array.from({ length: 1 + rng.integer(4) }, cell);
  const list = joined([
    same(`[${space()}`),
    ...cells.flatMap((each, i) => [each, same(i + 1 < cells.length ? `${space()},${space()}` : "")]),
    same(`${space()}]`),
  ]);
  const whole = object(
    shuffled([
      ["cells", list],
      ["metadata", metadata("")],
      ["nbformat", same("4")],
      ["nbformat_minor", same("5")],
      other(),
    ]),
  );
  return joined([same(pick(["", "\uFEFF"])), whole, same(pick(["", end]))]);
}

describe("strip leaves every byte that it does not mean to change", () => {
  test("of 500 random notebooks", () => {
    for (let i = 0; i < 500; i++) {
      const { given, expected } = randomNotebook(randomStream(1).split("strip").split(i));
      expect(stripNotebookText("a.ipynb", given), `notebook ${i}`).toBe(expected);
      expect(stripNotebookText("a.ipynb", expected)).toBe(expected);
    }
  });

  const cell = (name: string, tags = "", more = ""): string =>
    `{"cell_type": "code", "id": "${name}", "metadata": {${tags}}, "source": "1.0", "outputs": []${more}, "execution_count": null}`;
  const notebook = (...cells: readonly string[]): string =>
    `{"nbformat": 4,\r\n"big": 9007199254740993, "cells": [${cells.join(",\n ")}], "metadata": {}}`;
  const injected = cell("i", '"tags": ["injected-parameters"]');
  const solution = cell("s", '"tags": ["solution"]');

  test.each([
    [
      [cell("a"), injected, cell("b")],
      [cell("a"), cell("b")],
    ],
    [[injected, cell("a")], [cell("a")]],
    [[cell("a"), injected], [cell("a")]],
    [[injected], []],
    [[solution, injected, cell("a"), solution], [cell("a")]],
  ])("cells are taken out with their commas", (given, expected) => {
    const exercises = given.includes(solution);
    const stripped = stripNotebookText("a.ipynb", notebook(...given), { exercises });
    expect(stripped).toBe(notebook(...expected));
  });

  test.each([
    ['"execution": {"seconds": 1.0}', ""],
    ['"execution": {}, "a": 1.0', '"a": 1.0'],
    ['"a": 1.0, "execution": {}', '"a": 1.0'],
    ['"a": 1.0, "execution": {}, "b": 2e-07', '"a": 1.0, "b": 2e-07'],
  ])("times go: %s", (given, expected) => {
    expect(stripNotebookText("a.ipynb", notebook(cell("a", given)))).toBe(notebook(cell("a", expected)));
  });

  test("and what is left is what stripping the parsed notebook leaves", () => {
    const text = notebook(cell("a", '"execution": {}'), injected, solution);
    const parsed = (of: string): unknown => JSON.parse(JSON.stringify(parseNotebook("a.ipynb", of)));
    expect(parsed(stripNotebookText("a.ipynb", text))).toEqual(
      JSON.parse(JSON.stringify(stripNotebook(parseNotebook("a.ipynb", text)))),
    );
  });
});

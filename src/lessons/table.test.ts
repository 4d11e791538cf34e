import { describe, expect, test } from "vitest";
import { tInterval } from "../core/index.js";
import { markdown } from "../report/markdown.js";
import { JSDOM } from "jsdom";
import { tableBundle, type TableColumns, type TableOptions, type TableRows } from "./table.js";

const HOSTILE = `<img src=x onerror="alert(1)"> & a|b *c* [d](javascript:e) \`f\` $g$ \\h`;

function shown(
  table: TableRows | TableColumns,
  options?: TableOptions,
): Record<"html" | "markdown" | "text", string> {
  const { data } = tableBundle(table, options);
  expect(Object.keys(data)).toEqual(["text/html", "text/markdown", "text/plain"]);
  return {
    html: data["text/html"] as string,
    markdown: data["text/markdown"] as string,
    text: data["text/plain"] as string,
  };
}

/** The cells of a table's markup, as a browser reads them. */
function cellsOf(html: string): string[][] {
  const { document } = new JSDOM(html).window;
  expect(document.querySelectorAll("img, script, a, em, code")).toHaveLength(0);
  return [...document.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => cell.textContent));
}

const ROWS = [
  { K: 1, accuracy: 0.8125, interval: tInterval([0.5, 0.6, 0.7]), who: "nobody" },
  { K: 12, accuracy: 1, interval: tInterval([0.25]), who: "everybody" },
];

describe("a table", () => {
  test("has heads that say what they head", () => {
    const { document } = new JSDOM(shown(ROWS, { caption: "What was found" }).html).window;
    const scopes = (selector: string): (string | null)[] =>
      [...document.querySelectorAll(selector)].map((head) => head.getAttribute("scope"));
    expect(scopes("thead > tr > *")).toEqual(["col", "col", "col", "col"]);
    expect(scopes("tbody th")).toEqual(["row", "row"]);
    expect(document.querySelector("caption")?.textContent).toBe("What was found");
    expect(markdown(shown(ROWS).markdown).markup.match(/<th [^>]*scope="col"/g)).toHaveLength(4);
  });

  test("writes the numbers of a column alike, an interval as its mean and half its width", () => {
    // by hand: mean .6, deviation .1, t(0.975; 2) = 4.3027, half width 4.3027 x .1 / sqrt(3) = .2484
    const cells = [
      ["K", "accuracy", "interval", "who"],
      ["1", "0.813", "0.600 ±0.248", "nobody"],
      ["12", "1.000", "0.250", "everybody"],
    ];
    expect(cellsOf(shown(ROWS).html)).toEqual(cells);
    expect(cellsOf(markdown(shown(ROWS).markdown).markup)).toEqual(cells);
    expect(shown(ROWS).text).toBe(
      [
        " K  accuracy      interval  who",
        "--  --------  ------------  ---------",
        " 1     0.813  0.600 ±0.248  nobody",
        "12     1.000         0.250  everybody",
      ].join("\n"),
    );
  });

  test.each<[string, TableColumns[string], string[]]>([
    ["whole numbers", [0, 12, 2026], ["0", "12", "2026"]],
    ["three decimals below ten", [0.12345, 9.5], ["0.123", "9.500"]],
    ["fewer above", [3.14159, 123.456], ["3.1", "123.5"]],
    ["more for what is small", [0.00123, 0.0004], ["0.00123", "0.00040"]],
    ["a power of ten for what is tiny", [1.5e-9], ["1.50e-9"]],
    ["no minus before nothing", [-0.0001, 0.5], ["0.000", "0.500"]],
    ["what is missing, and what is no number", [NaN, null, undefined, 0.25], ["–", "–", "–", "0.250"]],
    ["endless ones", [Infinity, -Infinity, 1], ["∞", "-∞", "1"]],
    [
      "lists",
      [
        [0.5, 0.25],
        [1, 0],
      ],
      ["0.500, 0.250", "1.000, 0.000"],
    ],
    ["typed arrays", Float32Array.of(0.5, 0.25), ["0.500", "0.250"]],
    [
      "one lopsided interval among even ones",
      [
        { mean: 0.5, low: 0.4, high: 0.6 },
        { mean: 0.5, low: 0.4, high: 0.7 },
        { mean: 0.5, low: 0.4999, high: 0.5001 },
      ],
      ["0.500 (0.400 to 0.600)", "0.500 (0.400 to 0.700)", "0.500"],
    ],
    ["a lopsided interval", [{ mean: 0.5, low: 0.4, high: 0.7 }], ["0.500 (0.400 to 0.700)"]],
    ["truth and big integers", [true, 10n], ["true", "10"]],
  ])("numbers: %s", (_, values, texts) => {
    expect(
      cellsOf(shown({ x: values }).html)
        .slice(1)
        .flat(),
    ).toEqual(texts);
  });

  test("decimals can be given; whole numbers stay whole", () => {
    expect(
      cellsOf(shown({ K: [1, 20] }, { digits: 2 }).html)
        .slice(1)
        .flat(),
    ).toEqual(["1", "20"]);
    expect(
      cellsOf(shown({ x: [0.12345, 2] }, { digits: 1 }).html)
        .slice(1)
        .flat(),
    ).toEqual(["0.1", "2.0"]);
  });

  test("shows text letter by letter in every form", () => {
    const { html, markdown: source, text } = shown([{ [HOSTILE]: HOSTILE }], { caption: HOSTILE });
    expect(cellsOf(html)).toEqual([[HOSTILE], [HOSTILE]]);
    const rendered = markdown(source).markup;
    expect(cellsOf(rendered)).toEqual([[HOSTILE], [HOSTILE]]);
    expect(new JSDOM(rendered).window.document.querySelector("p")?.textContent).toBe(HOSTILE);
    expect(text.split("\n")).toEqual([HOSTILE, HOSTILE, "-".repeat(HOSTILE.length), HOSTILE]);
  });

  test("rows may lack columns; chosen columns come in their order", () => {
    expect(cellsOf(shown([{ a: 1 }, { b: "x" }]).html)).toEqual([
      ["a", "b"],
      ["1", "–"],
      ["–", "x"],
    ]);
    expect(cellsOf(shown(ROWS, { columns: ["who", "K"] }).html)[1]).toEqual(["nobody", "1"]);
  });

  test.each([[[]], [{}], [{ a: [] }]])("without rows it says so: %j", (table: TableRows | TableColumns) => {
    const { html, markdown: source, text } = shown(table);
    expect([cellsOf(html).at(-1), source, text]).toEqual([["no rows"], "no rows", "no rows"]);
  });
});

test.each<[string, unknown, unknown, string]>([
  ["no table", undefined, undefined, "lab.table: rows must be an array of rows"],
  ["a text", "rows", undefined, 'or columns such as { K: [1, 2] }, got "rows"'],
  ["a row that is none", [{ a: 1 }, 2], undefined, "got 2 at index 1"],
  ["columns of unequal length", { a: [1], b: [1, 2] }, undefined, 'got 1 in "a" and 2 in "b"'],
  ["a column that is none", { a: 5 }, undefined, 'lab.table: column "a" must be an array of values'],
  ["an unknown column", ROWS, { columns: ["Q"] }, 'lab.table: columns must be of "K", "accuracy"'],
  ["an unknown option", ROWS, { digit: 2 }, 'did you mean "digits"?'],
  ["decimals that are none", ROWS, { digits: 1.5 }, "lab.table: digits must be an integer"],
])("refuses %s", (_, table, options, words) => {
  expect(() => tableBundle(table as TableRows, options as TableOptions)).toThrow(words);
});

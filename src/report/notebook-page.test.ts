import { createHash } from "node:crypto";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { HOSTILE } from "../figures/render/fixtures/sample-figures.js";
import type { KeyNumbers } from "../figures/text/index.js";
import { hostileNotebook, PIXEL } from "./fixtures/sample-notebook.js";
import { parseNotebook, type Notebook } from "../formats/index.js";
import { movingMarkup, movingOutput, MOVING_SCRIPT } from "../figures/moving/index.js";
import { twoPoints } from "../figures/moving/fixtures/two-points.js";
import { COPY_SOURCE } from "./copies.js";
import { MISSING_SOURCE } from "./missing-files.js";
import { figureIdsOf, notebookPage, plainOutput } from "./notebook-page.js";

const notebook = parseNotebook("01.ipynb", JSON.stringify(hostileNotebook()));
const page = new JSDOM(notebookPage(notebook, { name: "01.ipynb", backTo: "../index.html" })).window.document;
const texts = (selector: string): (string | null)[] =>
  [...page.querySelectorAll(selector)].map((element) => element.textContent);

/** The page of a notebook with these cells. */
function pageOf(cells: readonly object[]): Document {
  const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
  return new JSDOM(notebookPage(parseNotebook("a.ipynb", text), { name: "a.ipynb", backTo: "i" })).window
    .document;
}

describe("notebookPage", () => {
  test("nothing in it can run or be loaded", () => {
    expect(page.querySelectorAll("link, object, embed")).toHaveLength(0);
    expect(texts("script")).toEqual([COPY_SOURCE]);
    const sources = [...page.querySelectorAll("img")].map((image) => image.src.slice(0, 5));
    expect(sources).toEqual(["data:", "data:"]);
    expect(page.querySelector("iframe")?.getAttribute("sandbox")).toBe("");
    const links = [...page.querySelectorAll("a")].map((link) => link.getAttribute("href"));
    const own = ["../index.html", "01.ipynb"];
    expect(links).toEqual([...own, "02-next.html", "http://example.com/x.png", ...own]);
  });

  test("shows hostile text as text in prose, code, output and error", () => {
    expect(page.querySelector(".markdown")?.textContent).toContain("<script>alert(1)</script> <b>bold</b>");
    expect(texts(".code code")[0]).toContain(JSON.stringify(HOSTILE));
    expect(texts(".output.stdout pre")).toEqual([`100 %\nred\n${HOSTILE}`]);
    expect(texts(".output.error pre")).toEqual([`Error: ${HOSTILE}`]);
  });

  test("shows pictures with their alt text and text rather than HTML", () => {
    const image = page.querySelector("img");
    expect(image?.alt).toBe("One blue point.");
    expect(image?.src).toBe(`data:image/png;base64,${PIXEL}`);
    expect(texts(".output:not(.stdout) pre")).toContain("╔═══╗\n║ K ║\n╚═══╝");
  });

  test("links lead to pages of the report: lessons, guides, their list, and the explorer with its world", () => {
    const links = {
      "02-next.ipynb#a": "02-next.html#a",
      "../docs/own-data.md#columns": "../docs/own-data.html#columns",
      "README.md": "../index.html",
      "../out/explorer.html#k=1&goal=accuracy:min:0.9": "../explorer.html#k=1&goal=accuracy:min:0.9",
      "https://example.org/README.md": "https://example.org/README.md",
    };
    const source = Object.keys(links)
      .map((href) => `[x](${href})`)
      .join(" ");
    const document = pageOf([{ cell_type: "markdown", metadata: {}, source }]);
    const shown = [...document.querySelectorAll(".markdown a")].map((link) => link.getAttribute("href"));
    expect(shown).toEqual(Object.values(links));
  });

  test.each(["right", "wrong", "none"])(
    "a verdict of an exercise has its look, in words too: %s",
    (verdict) => {
      const output = {
        ...{ output_type: "display_data", metadata: { "text/html": { exercise: verdict } } },
        data: {
          "text/html": "<div>Right.</div>",
          "text/markdown": "**Right.** It is 0.8.",
          "text/plain": "Right.",
        },
      };
      const cell = { cell_type: "code", metadata: {}, execution_count: 1, source: "lab.exercise(0.8, c)" };
      const shown = pageOf([{ ...cell, outputs: [output] }]).querySelector(".output");
      expect(shown?.className).toBe(`output verdict ${verdict}`);
      expect(shown?.textContent.trim()).toBe("Right. It is 0.8.");
      const other = { ...output, metadata: { "text/html": { exercise: "<b>" } } };
      expect(pageOf([{ ...cell, outputs: [other] }]).querySelector(".output")?.className).toBe("output");
    },
  );

  test("tables and code of prose and of outputs scroll by themselves, and are reached by keyboard", () => {
    const table = "| a | b |\n|---|---|\n| 1 | 2 |";
    const cells = [
      { cell_type: "markdown", metadata: {}, source: `${table}\n\n\`\`\`sh\nnpx\n\`\`\`\n\n    indented` },
      {
        ...{ cell_type: "code", metadata: {}, execution_count: 1, source: "lab.table([])" },
        outputs: [{ output_type: "display_data", metadata: {}, data: { "text/markdown": table } }],
      },
    ];
    const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
    const options = { name: "a.ipynb", backTo: "i" };
    const { document } = new JSDOM(notebookPage(parseNotebook("a.ipynb", text), options)).window;
    const holders = [...document.querySelectorAll("table")].map(({ parentElement }) => parentElement);
    expect(holders.map((holder) => [holder?.className, holder?.tabIndex])).toEqual([
      ["table", 0],
      ["table", 0],
    ]);
    expect([...document.querySelectorAll("pre")].map(({ tabIndex }) => tabIndex)).toEqual([0, 0, 0]);
  });

  test("a figure has its numbers folded below it, and follows the dark look; other pictures do not", () => {
    const figure = {
      data: [{ name: "PAL &lt;b&gt;", x: [1, 2], y: [0.25, 0.5] }],
      layout: { xaxis: { title: { text: "K" } }, yaxis: { title: { text: "accuracy" } } },
    };
    const given = (specification: unknown): object => ({
      output_type: "display_data",
      data: { "application/vnd.plotly.v1+json": specification, "image/png": PIXEL },
      metadata: { "image/png": { alt: "A line.", width: 720 } },
    });
    const shown = (specification: unknown, tables?: ReadonlyMap<string, KeyNumbers>): Document => {
      const outputs = [given(specification), { ...given(0), data: { "image/png": PIXEL } }];
      const cells = [{ cell_type: "code", source: "draw()", outputs, execution_count: 1, metadata: {} }];
      const whole = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 } as unknown as Notebook;
      const options = { name: "a.ipynb", backTo: "i", ...(tables && { tables }) };
      return new JSDOM(notebookPage(whole, options)).window.document;
    };
    const rowsOf = (body: Document): (string | null)[][] =>
      [...body.querySelectorAll("details tr")].map((row) =>
        [...row.children].map((cell) => cell.textContent),
      );
    const drawn = shown(figure);
    expect(rowsOf(drawn)).toEqual([
      ["drawn as", "K", "accuracy"],
      ["PAL <b>", "1", "0.25"],
      ["PAL <b>", "2", "0.5"],
    ]);
    expect(drawn.querySelector("details")?.open).toBe(false);
    expect([...drawn.images].map(({ className, width }) => [className, width])).toEqual([
      ["drawn", 720],
      ["", 720],
    ]);
    const table = { fixed: [], header: ["K = 1"], rows: [["0.25 ± 0.01"]], note: "Means." };
    expect(rowsOf(shown(figure, new Map([["A line.", table]])))).toEqual([["K = 1"], ["0.25 ± 0.01"]]);
    for (const hostile of [5, null, { data: 3 }, { data: [null] }, {}])
      expect(shown(hostile).querySelectorAll("details")).toHaveLength(0);
  });

  test("keeps math as it is written and leaves money alone", () => {
    expect(texts(".math")).toEqual(["d(x, p_k)^2 < 5", "\\sum_k w_k = 1."]);
    expect(page.querySelector(".markdown")?.textContent).toContain("It costs $5 or $6.");
  });

  test("folds away what its author folded, and nothing else", () => {
    const folded = [...page.querySelectorAll("details")];
    expect(folded.map((each) => each.querySelector("code")?.textContent)).toEqual(["const solution = 42;"]);
    expect(folded[0].open).toBe(false);
  });

  test("what a run was given is a sentence below the parameters; what is more than constants stays code", () => {
    const cellOf = (source: string, tag: string): object => ({
      ...{ cell_type: "code", source, outputs: [], execution_count: 1, metadata: { tags: [tag] } },
    });
    const shown = (source: string): Document => {
      const cells = [
        cellOf('const PROFILE: "fast" | "full" = "full";', "parameters"),
        cellOf(source, "injected-parameters"),
      ];
      const whole = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 } as unknown as Notebook;
      return new JSDOM(notebookPage(whole, { name: "a.ipynb", backTo: "i" })).window.document;
    };
    const given = shown(
      '// Injected parameters\nconst PROFILE: "fast" | "full" = "<b>";\nlet N: number = 3;',
    );
    expect(given.querySelector(".given")?.textContent.replace(/\s+/g, " ")).toBe(
      'In this run: PROFILE = "<b>", N = 3.',
    );
    expect(given.querySelectorAll(".code")).toHaveLength(1);
    const other = shown("// Injected parameters\nf();");
    expect(other.querySelector(".given")).toBeNull();
    expect(other.querySelectorAll(".code")).toHaveLength(2);
  });

  test("leads to the lessons beside it", () => {
    const links = (neighbours: object): (string | null)[] => {
      const text = notebookPage(notebook, { name: "01.ipynb", backTo: "../index.html", ...neighbours });
      const body = new JSDOM(text).window.document;
      return [...body.querySelectorAll("a[rel]")].map((link) => link.getAttribute("href"));
    };
    expect(links({})).toEqual([]);
    expect(links({ before: "00.html", after: "02.html" })).toEqual([
      "00.html",
      "02.html",
      "00.html",
      "02.html",
    ]);
  });

  test("has the first heading as title and shows tags", () => {
    expect(page.title).toBe("A lesson with a title");
    expect(texts(".count")[0]).toBe("[1] parameters");
  });
});

test("plainOutput drops colours and keeps the last state of an overwritten line", () => {
  expect(plainOutput("a\rb\r\u001b[2Kc\nd\r\n")).toBe("c\nd\n");
});

test("finds the figures of a lesson by the ids that its code gives them", () => {
  const code = (source: string) => ({
    cell_type: "code",
    metadata: {},
    source,
    execution_count: null,
    outputs: [],
  });
  const cells = [
    'figureRecord({ id: "a-map", claim })',
    'await lab.figure("a-line", result);\nawait lab.figure(\n  "b", x);',
  ];
  const text = { cell_type: "markdown", metadata: {}, source: '`lab.figure("none", …)`' };
  const notebook = { cells: [text, ...cells.map(code)], metadata: {}, nbformat: 4, nbformat_minor: 5 };
  expect(figureIdsOf(notebook as unknown as Notebook)).toEqual(["a-map", "a-line", "b"]);
});

describe("a moving picture", () => {
  const withOutput = (markup: string): Document => {
    const output = {
      output_type: "display_data",
      data: { "text/html": markup, "text/plain": "words" },
      metadata: {},
    };
    const cell = {
      cell_type: "code",
      id: "a",
      execution_count: 1,
      metadata: {},
      source: "1",
      outputs: [output],
    };
    const parsed = parseNotebook(
      "a.ipynb",
      JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    );
    return new JSDOM(notebookPage(parsed, { name: "a.ipynb", backTo: "../index.html" })).window.document;
  };

  test("is drawn anew from its data, and the page has the script that moves it, known by its hash", () => {
    const sent = movingOutput(twoPoints()).replace("</figure>", '<img src="x" onerror="alert(1)"></figure>');
    const shown = withOutput(sent);
    expect(shown.querySelector("figure.pal-moving")?.outerHTML).toBe(
      new JSDOM(movingMarkup(twoPoints())).window.document.querySelector("figure")?.outerHTML,
    );
    expect(shown.querySelectorAll("img")).toHaveLength(0);
    expect([...shown.querySelectorAll("script:not([type])")].map(({ textContent }) => textContent)).toEqual([
      ...[COPY_SOURCE, MOVING_SCRIPT],
    ]);
    const policy = shown.querySelector("meta[http-equiv]")?.getAttribute("content") ?? "";
    for (const source of [COPY_SOURCE, MISSING_SOURCE, MOVING_SCRIPT])
      expect(policy).toContain(`'sha256-${createHash("sha256").update(source).digest("base64")}'`);
  });

  test("that is none is shown as its words", () => {
    const broken = movingOutput(twoPoints()).replace('"unit":"epoch"', '"unit":5');
    const shown = withOutput(broken);
    expect(shown.querySelector("figure.pal-moving")).toBeNull();
    expect(shown.querySelector(".output pre")?.textContent).toBe("words");
  });
});

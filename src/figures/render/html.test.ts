import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import type { Figure } from "../figure.js";
import { rowsToCsv } from "./csv.js";
import { accuracyFigure } from "./fixtures/sample-figures.js";
import { renderHtml } from "./html.js";

const TITLE = "Accuracy rises until K reaches K* and then stays";
const claiming = (claim: string): Figure => {
  const figure = accuracyFigure();
  return { ...figure, record: { ...figure.record, claim } };
};

/** What the page's own script is given by a name. */
function given(page: string, name: string): { readonly [key: string]: unknown } {
  const line = page.split("\n").find((each) => each.startsWith(`${name}: `)) ?? "";
  return JSON.parse(line.slice(name.length + 2).replace(/,$/, "")) as { readonly [key: string]: unknown };
}

test("a page is headed by the figure's claim, which then does not stand in the picture too", async () => {
  const page = await renderHtml(claiming(TITLE));
  expect(new JSDOM(page).window.document.querySelector("h1")?.textContent).toBe(TITLE);
  expect(given(page, "figure").layout).not.toHaveProperty("title");
  expect(given(page, "still").layout).toHaveProperty("title.text", TITLE);
  const other = given(await renderHtml(claiming("something else")), "figure");
  expect(other.layout).toHaveProperty("title.text", TITLE);
});

test("a page has the figure's numbers, and what can be copied", async () => {
  const figure = claiming(TITLE);
  const page = await renderHtml(figure);
  const { document } = new JSDOM(page).window;
  const lines = [...document.querySelectorAll("tbody tr")].map((row) => row.children.length);
  expect(lines).toEqual([10, 10, 10]);
  expect([...document.querySelectorAll("th")].every(({ scope }) => scope === "col")).toBe(true);
  const buttons = [...document.querySelectorAll("button")].map(({ textContent }) => textContent);
  expect(buttons).toEqual(["Copy picture (PNG)", "Copy data", "Copy citation", "Copy alt text"]);
  const texts = given(page, "texts");
  expect(texts).toMatchObject({ data: rowsToCsv(figure.record.rows), "alt text": figure.alt });
  expect(texts.citation).toContain(
    `“${TITLE}”. Figure simulation-accuracy-vs-k. Profile fast, engine wasm simd, seeds 1, 2, 3, 4, 5, pal-lab 0.1.0.`,
  );
});

test("a figure without rows gives its points to copy, one without anything no table", async () => {
  const figure = claiming(TITLE);
  const drawn = { ...figure, data: [{ x: [1, 2], y: [3, 4] }], record: { ...figure.record, rows: [] } };
  const page = await renderHtml({ ...drawn, layout: {} });
  expect(given(page, "texts").data).toBe("x\ty\n1\t3\n2\t4");
  const empty = await renderHtml({ ...drawn, layout: {}, data: [] });
  expect(new JSDOM(empty).window.document.querySelector("table, [data-copies=data]")).toBeNull();
});

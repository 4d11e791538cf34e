import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { HOSTILE } from "../figures/render/fixtures/sample-figures.js";
import { highlighted } from "./highlight.js";

function marks(source: string): [string, string][] {
  const { document } = new JSDOM(highlighted(source).markup).window;
  return [...document.querySelectorAll("span")].map(({ className, textContent }) => [className, textContent]);
}

test("tells comments, texts, keywords and numbers apart", () => {
  expect(marks('const a = await f("of 3", 1.5e3); // for 2')).toEqual([
    ["t-keyword", "const"],
    ["t-keyword", "await"],
    ["t-string", '"of 3"'],
    ["t-number", "1.5e3"],
    ["t-comment", "// for 2"],
  ]);
});

test("names that hold a keyword or a digit, and members, are names", () => {
  expect(marks("constant.of; x2.type; $if; a.b2")).toEqual([]);
});

test("a text keeps its escapes, one over several lines its lines", () => {
  expect(marks('"a\\"b" + `c\n// ${d}`')).toEqual([
    ["t-string", '"a\\"b"'],
    ["t-string", "`c\n// ${d}`"],
  ]);
});

test.each([
  HOSTILE,
  `"${HOSTILE}"`,
  "/* never ends",
  "`never ends",
  '"never ends\nnext',
  "\u0000 a\r\nb",
  "",
])("%j is shown letter by letter and ends", (source) => {
  const { document } = new JSDOM(`<pre>\n${highlighted(source).markup}</pre>`).window;
  const shown = source.replaceAll("\u0000", "\uFFFD").replaceAll("\r\n", "\n");
  expect(document.querySelector("pre")?.textContent).toBe(shown);
  expect(document.querySelectorAll("pre :not(span)")).toHaveLength(0);
});

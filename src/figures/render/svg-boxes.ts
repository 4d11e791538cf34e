import type { Box } from "./affine.js";
import { around, compose, IDENTITY, mapBox, parseTransform, unite } from "./affine.js";
import type { Affine } from "./affine.js";

/** Width in pixels of `text` set in a CSS `font` ("bold 12px Arimo"). */
export type MeasureText = (text: string, font: string) => number;

/** Ascent and descent of Arimo as fractions of the font size. */
const ASCENT = 0.905;
const DESCENT = 0.212;

/** The space that `text` (an SVG text or tspan element) takes, in its own coordinates. */
export function textBox(text: Element, measure: MeasureText): Box {
  const lines = [...text.querySelectorAll("tspan.line")];
  const boxes = (lines.length === 0 ? [text] : lines).map((line) => lineBox(line, text, measure));
  return unite(boxes) ?? { x: 0, y: 0, width: 0, height: 0 };
}

/** Width in pixels of all text in `element`, each run in its own font. */
export function textWidth(element: Element, measure: MeasureText): number {
  let width = 0;
  for (const node of element.childNodes) {
    if (node.nodeType === 3) width += measure(node.textContent ?? "", fontOf(element));
    else if (node.nodeType === 1) width += textWidth(node as Element, measure);
  }
  return width;
}

/** The box of an element and all that is drawn in it, in the coordinates of its parent's root. */
export function drawnBox(element: Element, measure: MeasureText): Box | undefined {
  let map: Affine = IDENTITY;
  for (let at: Element | null = element.parentElement; at !== null; at = at.parentElement)
    map = compose(parseTransform(at.getAttribute("transform")), map);
  const box = contentBox(element, measure);
  return box && mapBox(map, box);
}

/** The box of an element's content with the element's own transform applied. */
function contentBox(element: Element, measure: MeasureText): Box | undefined {
  const own = shapeBox(element, measure) ?? unite(childBoxes(element, measure));
  return own && mapBox(parseTransform(element.getAttribute("transform")), own);
}

function childBoxes(element: Element, measure: MeasureText): Box[] {
  if (["defs", "clipPath"].includes(element.localName)) return [];
  return [...element.children].flatMap((child) => contentBox(child, measure) ?? []);
}

function shapeBox(element: Element, measure: MeasureText): Box | undefined {
  const number = (name: string): number => Number.parseFloat(element.getAttribute(name) ?? "0") || 0;
  switch (element.localName) {
    case "text":
    case "tspan":
      return textBox(element, measure);
    case "rect":
    case "image":
      return { x: number("x"), y: number("y"), width: number("width"), height: number("height") };
    case "circle":
      return {
        x: number("cx") - number("r"),
        y: number("cy") - number("r"),
        width: 2 * number("r"),
        height: 2 * number("r"),
      };
    case "line":
      return around([
        [number("x1"), number("y1")],
        [number("x2"), number("y2")],
      ]);
    case "path":
      return pathBox(element.getAttribute("d") ?? "");
    default:
      return undefined;
  }
}

/** The box of a path's absolute M, L, H and V points: what Plotly draws beside and under its texts. */
function pathBox(d: string): Box | undefined {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command, list] of d.matchAll(/([MLHV])([^A-Za-z]*)/g)) {
    const values = (list.match(/-?[\d.]+/g) ?? []).map(Number);
    for (let i = 0; i < values.length; i += command === "M" || command === "L" ? 2 : 1) {
      if (command !== "V") x = values[i];
      if (command === "V") y = values[i];
      else if (command !== "H") y = values[i + 1] ?? y;
      points.push([x, y]);
    }
  }
  return points.length === 0 ? undefined : around(points);
}

function lineBox(line: Element, text: Element, measure: MeasureText): Box {
  const size = fontSize(line);
  const width = textWidth(line, measure);
  const anchor = styleOf(line, "text-anchor");
  const x = numberOf(line, text, "x");
  const y = numberOf(line, text, "y") + shift(line.getAttribute("dy"), size);
  const left = anchor === "middle" ? x - width / 2 : anchor === "end" ? x - width : x;
  return { x: left, y: y - ASCENT * size, width, height: (ASCENT + DESCENT) * size };
}

function numberOf(line: Element, text: Element, name: string): number {
  return Number.parseFloat(line.getAttribute(name) ?? text.getAttribute(name) ?? "0") || 0;
}

function shift(dy: string | null, size: number): number {
  const value = Number.parseFloat(dy ?? "0") || 0;
  return dy?.endsWith("em") === true ? value * size : value;
}

function fontOf(element: Element): string {
  const [style, weight] = [styleOf(element, "font-style"), styleOf(element, "font-weight")];
  const bold = weight === "bold" || Number(weight) >= 600 ? "bold " : "";
  return `${style === "italic" ? "italic " : ""}${bold}${fontSize(element)}px`;
}

/** Font size in pixels; sizes in % or em (superscripts) are relative to the parent's. */
function fontSize(element: Element): number {
  const own = styleHere(element, "font-size");
  const parent = element.parentElement;
  if (own === "") return parent === null ? 12 : fontSize(parent);
  const value = Number.parseFloat(own);
  if (own.endsWith("%")) return (value / 100) * (parent === null ? 12 : fontSize(parent));
  if (own.endsWith("em")) return value * (parent === null ? 12 : fontSize(parent));
  return Number.isFinite(value) ? value : 12;
}

function styleOf(element: Element, name: string): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const value = styleHere(at, name);
    if (value !== "") return value;
  }
  return "";
}

function styleHere(element: Element, name: string): string {
  const style = (element as Partial<ElementCSSInlineStyle>).style;
  const value = style?.getPropertyValue(name) ?? "";
  return value === "" ? (element.getAttribute(name) ?? "") : value;
}

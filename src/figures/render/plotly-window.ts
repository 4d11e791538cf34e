import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { DOMWindow } from "jsdom";
import { messageOf, randomStream } from "../../core/index.js";
import { addBrowserParts } from "./browser-parts.js";
import { FONT_FAMILY, fontFiles } from "./fonts.js";
import { unknownParts, type UnknownPart } from "./unknown-parts.js";

/** A browser window without a browser, with Plotly in it. */
export interface PlotlyWindow {
  /**
   * Draws one specification (JSON with `data` and `layout`) as SVG text. One at a time; the same specification
   * and name give the same text.
   */
  draw(specification: string, name: string): Promise<string>;
  /** What a specification has that Plotly does not know, and would leave out without a word. */
  unknownParts(specification: string): readonly UnknownPart[];
  /** The same picture, its texts held to the widths they were laid out with, whatever font a viewer has. */
  holdWidths(svg: string): string;
  close(): void;
}

interface Plotly {
  toImage(specification: unknown, options: object): Promise<string>;
}

/** The source text of the Plotly bundle (4.8 MB). */
export async function plotlySource(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve("plotly.js/plotly.min.js"), "utf8");
}

/** Opens a window; about 0.7 s. */
export async function openPlotlyWindow(): Promise<PlotlyWindow> {
  const [{ JSDOM, VirtualConsole }, { createCanvas, GlobalFonts }, source] = await Promise.all([
    import("jsdom"),
    import("@napi-rs/canvas"),
    plotlySource(),
  ]);
  for (const file of fontFiles()) GlobalFonts.registerFromPath(file, FONT_FAMILY);
  const pen = createCanvas(1, 1).getContext("2d");
  const measure = (text: string, font: string): number => {
    pen.font = `${font} ${FONT_FAMILY}`;
    return pen.measureText(text).width;
  };
  const { window } = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
    virtualConsole: new VirtualConsole(),
  });
  addBrowserParts(window, createCanvas, measure);
  window.eval(`${source}\n;window.Plotly = window.Plotly || Plotly;`);
  return {
    draw: oneAtATime((specification, name) => draw(window, specification, name)),
    unknownParts: (specification) => unknownParts(window, specification),
    holdWidths: (svg) => holdWidths(window, svg),
    close: () => window.close(),
  };
}

async function draw(window: DOMWindow, specification: string, name: string): Promise<string> {
  // Plotly makes ids from Math.random; a stream of the figure's name makes them repeat
  const rng = randomStream(1).split(name);
  window.Math.random = () => rng.uniform();
  const plotly = window.Plotly as Plotly;
  try {
    const parsed: unknown = window.JSON.parse(specification);
    return await plotly.toImage(parsed, { format: "svg", imageDataOnly: true });
  } catch (problem) {
    throw new Error(`renderSvg: Plotly could not draw "${name}": ${messageOf(problem)}`, { cause: problem });
  }
}

function holdWidths(window: DOMWindow, svg: string): string {
  const parsed = new window.DOMParser().parseFromString(svg, "image/svg+xml");
  for (const text of parsed.querySelectorAll("text, tspan")) {
    const isPlain = [...text.childNodes].every(({ nodeType }) => nodeType === window.Node.TEXT_NODE);
    const width = isPlain ? (text as SVGTextContentElement).getComputedTextLength() : 0;
    if (width === 0) continue;
    text.setAttribute("textLength", width.toFixed(2));
    text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
  return new window.XMLSerializer().serializeToString(parsed);
}

function oneAtATime<T>(work: (a: string, b: string) => Promise<T>): (a: string, b: string) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (a, b) => {
    const next = last.then(() => work(a, b));
    last = next.catch(() => undefined);
    return next;
  };
}

import { TextDecoder, TextEncoder } from "node:util";
import type { Canvas } from "@napi-rs/canvas";
import type { DOMWindow } from "jsdom";
import type { Box } from "./affine.js";
import { drawnBox, textBox, textWidth } from "./svg-boxes.js";
import type { MeasureText } from "./svg-boxes.js";

/** Makes a real canvas; passed so that this file needs no native package when it is loaded. */
export type CreateCanvas = (width: number, height: number) => Canvas;

/**
 * Gives a jsdom window what Plotly needs and jsdom lacks: encoders, observers, animation frames, canvases and
 * the sizes of SVG texts, measured with the font that is drawn.
 */
export function addBrowserParts(window: DOMWindow, createCanvas: CreateCanvas, measure: MeasureText): void {
  class NoObserver {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
  Object.assign(window, {
    TextDecoder,
    TextEncoder,
    ResizeObserver: NoObserver,
    matchMedia: () => ({ matches: false, addListener: noop, removeListener: noop, addEventListener: noop }),
    requestAnimationFrame: (callback: (time: number) => void) => setTimeout(() => callback(0), 0),
    cancelAnimationFrame: (handle: NodeJS.Timeout) => clearTimeout(handle),
    scrollTo: noop,
  });
  Object.assign(window.URL, { createObjectURL: () => "blob:none", revokeObjectURL: noop });
  addCanvas(window, createCanvas);
  addSizes(window, measure);
}

function addCanvas(window: DOMWindow, createCanvas: CreateCanvas): void {
  const real = new WeakMap<object, Canvas>();
  const canvasOf = (element: HTMLCanvasElement): Canvas => {
    const known = real.get(element);
    if (known?.width === element.width && known.height === element.height) return known;
    const made = createCanvas(element.width, element.height);
    real.set(element, made);
    return made;
  };
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext(this: HTMLCanvasElement, kind: string): unknown {
      return kind === "2d" ? canvasOf(this).getContext("2d") : null;
    },
    toDataURL(this: HTMLCanvasElement): string {
      return canvasOf(this).toDataURL("image/png");
    },
  });
}

function addSizes(window: DOMWindow, measure: MeasureText): void {
  const empty: Box = { x: 0, y: 0, width: 0, height: 0 };
  const rect = ({ x, y, width, height }: Box): object => ({
    ...{ x, y, width, height },
    ...{ left: x, top: y, right: x + width, bottom: y + height },
  });
  const htmlRect = window.Element.prototype.getBoundingClientRect;
  Object.assign(window.SVGElement.prototype, {
    getBoundingClientRect(this: SVGElement): object {
      return this.localName === "svg" ? htmlRect.call(this) : rect(drawnBox(this, measure) ?? empty);
    },
    getBBox(this: SVGElement): object {
      return rect(this.localName === "text" ? textBox(this, measure) : (drawnBox(this, measure) ?? empty));
    },
    getComputedTextLength(this: SVGElement): number {
      return textWidth(this, measure);
    },
    getTotalLength(this: SVGElement): number {
      return pathLength(pathPoints(this));
    },
    getPointAtLength(this: SVGElement, length: number): { x: number; y: number } {
      return pointAt(pathPoints(this), length);
    },
  });
}

function noop(): void {}

/** The corners of a path of straight lines with absolute coordinates, as Plotly draws contours. */
function pathPoints(path: Element): [number, number][] {
  const numbers = (path.getAttribute("d")?.match(/-?[\d.]+/g) ?? []).map(Number);
  return Array.from({ length: Math.floor(numbers.length / 2) }, (_, i) => [
    numbers[2 * i],
    numbers[2 * i + 1],
  ]);
}

function pathLength(points: readonly (readonly [number, number])[]): number {
  return points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i][0], y - points[i][1]), 0);
}

function pointAt(points: readonly (readonly [number, number])[], length: number): { x: number; y: number } {
  let left = length;
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
    const step = Math.hypot(x1 - x0, y1 - y0);
    if (step > 0 && left <= step)
      return { x: x0 + ((x1 - x0) * left) / step, y: y0 + ((y1 - y0) * left) / step };
    left -= step;
  }
  const [x, y] = points.at(-1) ?? [0, 0];
  return { x, y };
}

import type { Figure } from "../figure.js";
import { svgToPng } from "./png.js";
import { renderSvg } from "./svg.js";
import type { NotebookDisplay } from "./notebook-display.js";
import { notebookDisplay } from "./notebook-display.js";

/** A committed notebook stays small: a picture above this many bytes is drawn smaller. */
const MOST_BYTES = 120_000;
const SCALES = [1.5, 1.25, 1] as const;

/** Where {@link show} shows; the defaults are the running kernel and the process's output. */
export interface ShowOptions {
  readonly display?: NotebookDisplay;
  readonly print?: (line: string) => unknown;
}

/**
 * Shows a figure below the notebook cell as a still picture with its alt text. Outside a notebook it prints
 * one line that says what the picture shows.
 */
export async function show(figure: Figure, options: ShowOptions = {}): Promise<void> {
  const { display = notebookDisplay(), print = (line: string) => process.stdout.write(line) } = options;
  if (display === undefined) {
    print(`figure ${figure.id}: ${oneLine(figure.alt)}\n`);
    return;
  }
  const png = await smallPng(await renderSvg(figure));
  const [width, height] = [Number(figure.layout.width ?? 720), Number(figure.layout.height ?? 440)];
  display({ png, alt: oneLine(figure.alt), width, height });
}

async function smallPng(svg: string): Promise<Uint8Array> {
  let png = new Uint8Array() as Uint8Array;
  for (const scale of SCALES) {
    png = await svgToPng(svg, { scale });
    if (png.byteLength <= MOST_BYTES) break;
  }
  return png;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

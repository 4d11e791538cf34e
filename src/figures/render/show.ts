import { checkObject, stableJson } from "../../core/index.js";
import { checkIsFigure, type Figure } from "../figure.js";
import { isOwnFigure, ownFigure, type OwnFigure } from "../own-figure.js";
import { checkAttributes } from "./check-attributes.js";
import { PLOTLY_CONFIG, withSlider } from "./interactive.js";
import { liveHtml } from "./live-html.js";
import type { DisplayBundle, NotebookDisplay } from "./notebook-display.js";
import { notebookDisplay } from "./notebook-display.js";
import { svgToSmallPng } from "./png.js";
import { specificationJson } from "./specification.js";
import { renderSvg } from "./svg.js";

/** A committed notebook stays small: a picture above this many bytes is drawn smaller. */
const MOST_BYTES = 24_000;
const SCALES = [1.5, 1.25, 1] as const;

/** The form of a figure that VS Code and JupyterLab's Plotly extension draw live. */
const PLOTLY_MIME = "application/vnd.plotly.v1+json";

/** Where {@link show} shows; the defaults are the running kernel and the process's output. */
export interface ShowOptions {
  readonly display?: NotebookDisplay;
  readonly print?: (line: string) => unknown;
  /**
   * Address, below the Jupyter server's, of the script that holds Plotly: it makes the figure live in the server's own pages.
   * Default: the environment variable `PAL_LAB_PLOTLY`, which the kernel of `npm run lab` has.
   */
  readonly script?: string;
}

/**
 * Shows a figure below the notebook cell: live where the front end can (hover, zoom, legend, a slider over its frames), else
 * as a still picture with its alt text. Outside a notebook it prints one line that says what the picture shows.
 * @param given a figure of `figures`, or one's own: `{ data, layout }` as Plotly takes them
 * @throws InputError for a trace that cannot be drawn, or an attribute that Plotly does not know
 */
export async function show(given: Figure | OwnFigure, options: ShowOptions = {}): Promise<void> {
  checkObject("show: options", options, [], "an object such as { display }");
  const figure = isOwnFigure(given) ? ownFigure(given, { caller: "show: figure" }) : given;
  checkIsFigure("show: figure", figure);
  if (figure !== given) await checkAttributes("show: figure", figure);
  const { display = notebookDisplay(), print = (line: string) => process.stdout.write(line) } = options;
  if (display === undefined) {
    print(`figure ${figure.id}: ${oneLine(figure.alt)}\n`);
    return;
  }
  const { script = process.env.PAL_LAB_PLOTLY } = options;
  display(await displayBundle(figure, script));
}

/** What {@link show} shows of a figure: its forms by MIME type. @param script where front ends find Plotly, as in {@link ShowOptions} */
export async function displayBundle(figure: Figure, script?: string): Promise<DisplayBundle> {
  const png = await smallPng(await renderSvg(figure));
  return bundle({ ...figure, alt: oneLine(figure.alt) }, png, script);
}

/** The forms of a figure. A run without a front end has no script and makes the same bytes each time. */
function bundle(figure: Figure, png: Uint8Array, script: string | undefined): DisplayBundle {
  const { alt, frames } = figure;
  const whole = frames === undefined ? figure : withSlider(figure, frames);
  const specification = JSON.parse(specificationJson(whole)) as object;
  const [width, height] = [Number(figure.layout.width ?? 720), Number(figure.layout.height ?? 440)];
  return {
    data: {
      [PLOTLY_MIME]: { ...specification, config: JSON.parse(stableJson(PLOTLY_CONFIG)) as object },
      ...(script === undefined ? {} : { "text/html": liveHtml({ figure, png, script }) }),
      "image/png": Buffer.from(png).toString("base64"),
      "text/plain": alt,
    },
    metadata: { "image/png": { alt, width, height } },
  };
}

async function smallPng(svg: string): Promise<Uint8Array> {
  let png = new Uint8Array() as Uint8Array;
  for (const scale of SCALES) {
    png = await svgToSmallPng(svg, { scale });
    if (png.byteLength <= MOST_BYTES) break;
  }
  return png;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

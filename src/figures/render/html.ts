import type { Json } from "../../core/index.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { plainText } from "../theme.js";
import { escapeMarkup, scriptJson, scriptSource } from "./markup.js";
import { plotlySource } from "./plotly-window.js";
import { specificationJson, without } from "./specification.js";

/** Pixels that a slider takes below the plot. */
const SLIDER_ROOM = 90;

const STYLE = `
body { margin: 0; background: #fff; color: #222; font: 16px/1.5 Arimo, Arial, Helvetica, sans-serif; }
figure { margin: 0 auto; padding: 16px; }
.scroll { overflow-x: auto; }
figcaption { max-width: 72ch; margin-top: 12px; overflow-wrap: anywhere; }
.claim { font-weight: 700; margin: 0 0 4px; }
p { margin: 0; }
`;

/** Nothing may be loaded from anywhere: the page is whole. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; connect-src data: blob:";

/**
 * The figure as one interactive page that works from a file and without a network (about 5 MB, nearly all of it
 * Plotly). Figures with frames get a slider.
 */
export async function renderHtml(figure: Figure): Promise<string> {
  const interactive = figure.frames === undefined ? figure : withSlider(figure, figure.frames);
  const { width, height, layout } = flexible(interactive.layout);
  const specification = specificationJson({ ...interactive, layout });
  const { claim, caption } = figure.record;
  const least = Math.round(Number(width) * 0.8);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeMarkup(claim)}</title>
<style>${STYLE}</style>
</head>
<body>
<figure style="max-width: ${Number(width)}px">
<div class="scroll"><div id="plot" role="img" aria-label="${escapeMarkup(figure.alt)}" style="min-width: ${least}px; height: ${Number(height)}px"></div></div>
<figcaption><p class="claim">${escapeMarkup(claim)}</p><p>${escapeMarkup(caption)}</p></figcaption>
<noscript><p>${escapeMarkup(figure.alt)}</p></noscript>
</figure>
<script>${scriptSource(await plotlySource())}</script>
<script>
const figure = ${scriptJson(specification)};
const config = { responsive: true, displaylogo: false, typesetMath: false, modeBarButtonsToRemove: ["sendChartToCloud"] };
Plotly.newPlot("plot", figure.data, figure.layout, config).then((plot) => figure.frames && Plotly.addFrames(plot, figure.frames));
</script>
</body>
</html>
`;
}

/** The layout without its own size, so that it follows the page's width. */
function flexible(given: PlotlyObject): { width: Json; height: Json; layout: PlotlyObject } {
  const { width = 720, height = 440 } = given;
  return { width, height, layout: { ...without(given, ["width", "height"]), autosize: true } };
}

function withSlider(figure: Figure, frames: readonly PlotlyObject[]): Figure {
  if (figure.layout.sliders !== undefined) return figure;
  const steps = frames.map(({ name }) => ({
    method: "animate",
    label: plainText(String(name)),
    args: [[String(name)], { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } }],
  }));
  const height = Number(figure.layout.height ?? 440);
  const margin = { b: 60, ...(figure.layout.margin as PlotlyObject | undefined) };
  const slider = { steps, x: 0, len: 1, y: 0, yanchor: "top", pad: { t: Number(margin.b), b: 0 } };
  const layout: PlotlyObject = {
    ...figure.layout,
    height: height + SLIDER_ROOM,
    margin: { ...margin, b: Number(margin.b) + SLIDER_ROOM },
    sliders: [slider],
  };
  return { ...figure, layout };
}

import { stableJson } from "../../core/index.js";
import { checkIsFigure, type Figure } from "../figure.js";
import { interactive, PLOTLY_CONFIG } from "./interactive.js";
import { escapeMarkup, scriptJson, scriptSource } from "./markup.js";
import { plotlySource } from "./plotly-window.js";
import { specificationJson } from "./specification.js";

const STYLE = `
body { margin: 0; background: #fff; color: #222; font: 16px/1.5 Arimo, Arial, Helvetica, sans-serif; }
.scroll { background: #fff; }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; } body { background: #16181b; color: #e6e6e6; } }
figure { margin: 0 auto; padding: 16px; }
.scroll { overflow-x: auto; }
figcaption { max-width: 72ch; margin-top: 12px; overflow-wrap: anywhere; }
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
  checkIsFigure("renderHtml: figure", figure);
  const { figure: live, width, minWidth, height } = interactive(figure);
  const { claim, caption } = figure.record;
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
<figure style="max-width: ${width}px">
<div class="scroll" tabindex="0" role="region" aria-label="figure"><div id="plot" role="group" aria-label="${escapeMarkup(figure.alt)}" style="min-width: ${minWidth}px; height: ${height}px"></div></div>
<figcaption><p>${escapeMarkup(caption)}</p></figcaption>
<noscript><p>${escapeMarkup(figure.alt)}</p></noscript>
</figure>
<script>${scriptSource(await plotlySource())}</script>
<script>
const figure = ${scriptJson(specificationJson(live))};
const config = ${scriptJson(stableJson(PLOTLY_CONFIG))};
Plotly.newPlot("plot", figure.data, figure.layout, config).then((plot) => figure.frames && Plotly.addFrames(plot, figure.frames));
</script>
</body>
</html>
`;
}

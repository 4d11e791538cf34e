import { stableJson } from "../../core/index.js";
import type { Figure } from "../figure.js";
import { interactive, PLOTLY_CONFIG } from "./interactive.js";
import { escapeMarkup, scriptJson } from "../text/index.js";
import { plotlySource } from "./plotly-window.js";
import { specificationJson } from "./specification.js";

/** What a live figure's markup is made of. */
export interface LiveHtmlOptions {
  readonly figure: Figure;
  /** The still picture, which stands there until Plotly has come, and for good where it cannot come. */
  readonly png: Uint8Array;
  /** Address of {@link plotlyScript} below the Jupyter server's. */
  readonly script: string;
}

/**
 * A figure as markup for a Jupyter front end: the still picture, and a script that puts the live figure in its place. Plotly
 * comes once a page from the server's own files, so that neither the notebook nor the network has to hold it.
 */
export function liveHtml({ figure, png, script }: LiveHtmlOptions): string {
  const { figure: live, width, minWidth, height } = interactive(figure);
  const id = `pal-lab-${crypto.randomUUID()}`;
  const picture = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  const call = [
    JSON.stringify(id),
    specificationJson(live),
    stableJson(PLOTLY_CONFIG),
    JSON.stringify(script),
  ];
  return [
    `<div style="overflow-x: auto; background: #fff"><div id="${id}" role="group" aria-label="${escapeMarkup(figure.alt)}"`,
    ` data-height="${height}" style="min-width: ${minWidth}px; max-width: ${width}px">`,
    `<img alt="${escapeMarkup(figure.alt)}" width="${width}" src="${picture}"></div></div>\n`,
    `<script>\n(${DRAW})(${call.map(scriptJson).join(", ")});\n</script>\n`,
  ].join("");
}

/** Plotly as a script for a page of a Jupyter server: it leaves RequireJS, which Notebook 6 has, alone. */
export async function plotlyScript(): Promise<string> {
  const source = await plotlySource();
  return `((define, module, exports) => {\n${source}\nwindow.palLabPlotly.loaded(window.Plotly);\n})();\n`;
}

/**
 * Runs in the page. A front end may run it before it has put the markup into the page, so it waits for its element.
 * Anything that goes wrong leaves the picture where it is.
 */
const DRAW = `async (id, figure, config, script) => {
  const page = document.getElementById("jupyter-config-data");
  const base = document.body.dataset.baseUrl ?? (page && JSON.parse(page.textContent).baseUrl);
  if (!base) return;
  const load = () => {
    const start = { promise: undefined, loaded: undefined };
    start.promise = new Promise((resolve, reject) => {
      start.loaded = resolve;
      const element = document.createElement("script");
      element.src = base + script;
      element.onerror = reject;
      document.head.append(element);
    });
    return start;
  };
  const find = async () => {
    for (let tries = 0; tries < 200; tries++) {
      const element = document.getElementById(id);
      if (element && element.clientWidth > 0) return element;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  try {
    window.palLabPlotly ??= load();
    const [Plotly, element] = await Promise.all([window.palLabPlotly.promise, find()]);
    if (!element) return;
    const plot = document.createElement("div");
    plot.style.height = element.dataset.height + "px";
    element.replaceChildren(plot);
    await Plotly.newPlot(plot, figure.data, figure.layout, config);
    if (figure.frames) await Plotly.addFrames(plot, figure.frames);
  } catch {
    delete window.palLabPlotly;
  }
}`;

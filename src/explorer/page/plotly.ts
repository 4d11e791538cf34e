import { packedText } from "./packed-text.js";

interface Plotly {
  toImage(specification: unknown, options: object): Promise<string>;
}

let loaded: Promise<Plotly> | undefined;

/** Plotly lies in the page as a text, and is run when the first figure is drawn: the policy knows its hash. @throws Error where it does not run */
function plotly(): Promise<Plotly> {
  return (loaded ??= load());
}

async function load(): Promise<Plotly> {
  const script = document.createElement("script");
  script.textContent = await packedText("pal-plotly");
  document.head.append(script);
  script.remove();
  const { Plotly } = globalThis as { Plotly?: Plotly };
  if (Plotly === undefined) throw new Error("the browser does not run it");
  return Plotly;
}

/** A figure as the address of an SVG picture. @param specification data and layout, as JSON */
export async function drawnFigure(specification: string): Promise<string> {
  const { data, layout } = JSON.parse(specification) as { data: unknown; layout: object };
  const still = { ...layout, sliders: [], updatemenus: [] };
  const svg = await (
    await plotly()
  ).toImage({ data, layout: still, config: { staticPlot: true } }, { format: "svg", imageDataOnly: true });
  const bytes = new TextEncoder().encode(svg);
  return `data:image/svg+xml;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}

interface Plotly {
  toImage(specification: unknown, options: object): Promise<string>;
}

let loaded: Plotly | undefined;

/** Plotly lies in the page as a text, and is run when the first figure is drawn: the policy knows its hash. @throws Error where it is not there */
function plotly(): Plotly {
  if (loaded !== undefined) return loaded;
  const script = document.createElement("script");
  script.textContent = document.getElementById("pal-plotly")?.textContent ?? "";
  document.head.append(script);
  script.remove();
  loaded = (globalThis as { Plotly?: Plotly }).Plotly;
  if (loaded === undefined)
    throw new Error("the page's figures cannot be drawn here: their tables stand below");
  return loaded;
}

/** A figure as the address of an SVG picture. @param specification data and layout, as JSON */
export async function drawnFigure(specification: string): Promise<string> {
  const { data, layout } = JSON.parse(specification) as { data: unknown; layout: object };
  const still = { ...layout, sliders: [], updatemenus: [] };
  const svg = await plotly().toImage(
    { data, layout: still, config: { staticPlot: true } },
    { format: "svg", imageDataOnly: true },
  );
  const bytes = new TextEncoder().encode(svg);
  return `data:image/svg+xml;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}

import { afterAll, expect, test } from "vitest";
import { accuracyFigure, framesFigure, hostileFigure, panelFigure } from "./fixtures/sample-figures.js";
import { disposeRenderer, show } from "./index.js";
import type { DisplayBundle, ShowOptions } from "./index.js";
import type { Figure } from "../figure.js";

afterAll(disposeRenderer);

async function shown(figure: Figure, options: ShowOptions = {}): Promise<DisplayBundle> {
  const bundles: DisplayBundle[] = [];
  await show(figure, { display: (bundle) => bundles.push(bundle), ...options });
  expect(bundles).toHaveLength(1);
  return bundles[0];
}

test("outside a notebook it prints one line", async () => {
  const lines: string[] = [];
  await show({ ...accuracyFigure(), alt: "Two\nlines." }, { print: (line) => lines.push(line) });
  expect(lines).toEqual(["figure simulation-accuracy-vs-k: Two lines.\n"]);
});

test.each([accuracyFigure(), panelFigure()])(
  "shows $id as a small picture with its alt text",
  async (figure) => {
    const { data, metadata } = await shown(figure);
    expect(Buffer.from(String(data["image/png"]), "base64").byteLength).toBeLessThan(120_000);
    expect(metadata["image/png"]).toEqual({ alt: figure.alt, width: figure.layout.width, height: 440 });
    expect(data["text/plain"]).toBe(figure.alt);
  },
);

test("without a front end there is no markup, and the same figure gives the same bytes", async () => {
  const [first, second] = [await shown(framesFigure()), await shown(framesFigure())];
  expect(Object.keys(first.data)).toEqual(["application/vnd.plotly.v1+json", "image/png", "text/plain"]);
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
});

test("the live form has the figure's numbers, its frames and a slider that stands at the last", async () => {
  const { data } = await shown(framesFigure());
  const {
    data: traces,
    frames,
    layout,
  } = data["application/vnd.plotly.v1+json"] as {
    data: readonly { readonly y?: readonly number[] }[];
    frames: readonly { readonly name: string }[];
    layout: {
      readonly sliders: readonly { readonly active: number; readonly steps: readonly { label: string }[] }[];
    };
  };
  const drawn = accuracyFigure().data[1].y as readonly number[];
  expect(traces[1].y).toEqual(drawn.map((y) => Number(y.toPrecision(4))));
  expect(frames.map(({ name }) => name)).toEqual(["K = 1", "K = 2"]);
  expect(layout.sliders[0].active).toBe(1);
  expect(layout.sliders[0].steps.map(({ label }) => label)).toEqual(["K = 1", "K = 2"]);
});

test("for a server's page there is markup that holds the picture and no text as markup", async () => {
  const { data } = await shown(hostileFigure(), { script: "kernelspecs/tslab/plotly.js" });
  const html = String(data["text/html"]);
  expect(html).toContain(`src="data:image/png;base64,${String(data["image/png"])}"`);
  expect(html).toContain('"kernelspecs/tslab/plotly.js"');
  expect(html).not.toContain("<script>alert");
  expect(html.match(/<\/script/g)).toHaveLength(1);
});

test("finds the display of the kernel that runs it", async () => {
  const pictures: Uint8Array[] = [];
  const tslab = { display: { png: (bytes: Uint8Array) => pictures.push(bytes) } };
  const holder = globalThis as { __tslab__?: object };
  holder.__tslab__ = { require: (id: string) => (id === "tslab" ? tslab : undefined) };
  try {
    await show(accuracyFigure());
  } finally {
    delete holder.__tslab__;
  }
  expect(Buffer.from(pictures[0]).subarray(1, 4).toString()).toBe("PNG");
});

import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, describe, expect, test } from "vitest";
import { sha256 } from "../../core/index.js";
import {
  accuracyFigure,
  framesFigure,
  heatmapFigure,
  hostileFigure,
  panelFigure,
  ternaryFigure,
} from "./fixtures/sample-figures.js";
import { disposeRenderer, findFigures, renderHtml, renderPng, renderSvg, saveFigure } from "./index.js";

afterAll(disposeRenderer);

describe("renderSvg", () => {
  test.each([accuracyFigure(), panelFigure(), ternaryFigure(), heatmapFigure()])(
    "draws $id without a missing number",
    async (figure) => {
      const svg = await renderSvg(figure);
      expect(svg).not.toMatch(/NaN|Infinity/);
      expect(svg).toContain(`width="${figure.layout.width}"`);
      expect(svg).toContain(`aria-label="${figure.alt}"`);
    },
  );

  test("has an error bar for each mean and a point for each run", async () => {
    const svg = await renderSvg(accuracyFigure());
    expect(svg.match(/class="yerror"/g)).toHaveLength(18);
    expect(svg.match(/<path class="point/g)).toHaveLength(18 + 90);
  });

  test("gives the same text again, after other figures and from a new window", async () => {
    const first = await renderSvg(accuracyFigure());
    await renderSvg(ternaryFigure());
    expect(await renderSvg(accuracyFigure())).toBe(first);
    await disposeRenderer();
    expect(await renderSvg(accuracyFigure())).toBe(first);
  });

  test("draws figures that are asked for at once one after the other", async () => {
    const alone = [await renderSvg(accuracyFigure()), await renderSvg(panelFigure())];
    const together = await Promise.all([renderSvg(accuracyFigure()), renderSvg(panelFigure())]);
    expect(together).toEqual(alone);
  });

  test("gives the same picture in another process", async () => {
    const folder = join(import.meta.dirname, "../../../node_modules/.cache/pal-lab-render-test");
    const outfile = join(folder, `${process.pid}.mjs`);
    const contents = `
      import { accuracyFigure } from "./fixtures/sample-figures.ts";
      import { renderSvg } from "./svg.ts";
      process.stdout.write(await renderSvg(accuracyFigure()));`;
    const stdin = { contents, resolveDir: import.meta.dirname, loader: "ts" as const };
    await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
    const child = spawnSync(process.execPath, [outfile], { encoding: "utf8", maxBuffer: 1e8 });
    await rm(outfile);
    expect(child.stderr).toBe("");
    expect(sha256(child.stdout)).toBe(sha256(await renderSvg(accuracyFigure())));
  });

  test("shows text from data as text", async () => {
    const svg = await renderSvg(hostileFigure());
    expect(svg).not.toMatch(/<script|<a |<b>|font-weight: bold/);
    const texts = [...svg.matchAll(/<text class="xtitle"[^>]*>([^<]*)</g)].map((match) => match[1]);
    expect(texts.join("")).toContain('script&gt; &lt;b&gt;bold&lt;/b&gt; &amp; "quoted" %{x}');
  });

  test("an alt text with characters that XML forbids still gives a picture", async () => {
    const png = await renderPng({ ...ternaryFigure(), alt: "a\u0000b\uD83D\uFFFF" }, { scale: 0.1 });
    expect(png.byteLength).toBeGreaterThan(100);
  });

  test("refuses what cannot be drawn by its name, in frames too, before anything is drawn", async () => {
    const made = ternaryFigure();
    const second = { ...made, data: [{ type: "scatter" }, { type: "scattergl" }] };
    const says = 'figure.data[1]: type "scattergl" cannot be drawn';
    await expect(renderSvg(second)).rejects.toThrow(`renderSvg: ${says}`);
    await expect(renderHtml(second)).rejects.toThrow(`renderHtml: ${says}`);
    const framed = { ...made, frames: [{ name: "1", data: [{ type: "surface" }] }] };
    await expect(renderHtml(framed)).rejects.toThrow('figure.frames[0].data[0]: type "surface"');
  });

  test.each(["https://example.org/x.png", "/x.png", undefined])(
    "a picture at %s would be loaded: it is refused",
    async (source) => {
      const made = ternaryFigure();
      const layout = { ...made.layout, images: [{ source, x: 0, y: 1 }] };
      await expect(renderSvg({ ...made, layout })).rejects.toThrow("figure.layout.images[0]");
      await expect(renderHtml({ ...made, layout })).rejects.toThrow("figure.layout.images[0]");
    },
  );

  test("names the figure that Plotly cannot draw", async () => {
    // Plotly 4.1.2 has no such layer for shapes whose reference is an axis's domain
    const shapes = [
      { type: "line", layer: "between", xref: "x domain", yref: "y", x0: 0, x1: 1, y0: 1, y1: 1 },
    ];
    const made = accuracyFigure();
    await expect(renderSvg({ ...made, layout: { ...made.layout, shapes } })).rejects.toThrow(
      'renderSvg: Plotly could not draw "simulation-accuracy-vs-k": ',
    );
    expect(await renderSvg(made)).toContain("<svg");
  });
});

describe("renderPng", () => {
  test("has the layout's size times the scale", async () => {
    const png = Buffer.from(await renderPng(ternaryFigure(), { scale: 1.5 }));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1080, 660]);
  });

  test("refuses a scale of 0", async () => {
    await expect(renderPng(ternaryFigure(), { scale: 0 })).rejects.toThrow(/scale must be a number.*got 0/);
  });
});

describe("renderHtml", () => {
  test("escapes claim, caption and alt text and keeps data inside its script", async () => {
    const html = await renderHtml(hostileFigure());
    const ownPart = html.slice(0, html.indexOf("<script>")) + html.slice(html.lastIndexOf("<script>"));
    expect(ownPart).not.toContain("<script>alert");
    expect(ownPart).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html.match(/<\/script/g)?.length).toBe(2);
    expect(ownPart).not.toMatch(/ (?:src|href)="/);
  });

  test("gives frames a slider", async () => {
    const html = await renderHtml(framesFigure());
    const own = html.slice(html.lastIndexOf("<script>"));
    expect(own).toContain('"sliders"');
    expect(own).toContain('"label":"K = 2"');
  });
});

describe("saveFigure", () => {
  test("writes six files, the same bytes each time, and nothing else", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pal-figures-"));
    const files = await saveFigure(accuracyFigure(), folder);
    const read = async (): Promise<string[]> =>
      Promise.all(
        Object.values(files)
          .slice(1)
          .map(async (path: string) => sha256(await readFile(path))),
      );
    const first = await read();
    await saveFigure(accuracyFigure(), folder);
    expect(await read()).toEqual(first);
    const names = ["csv", "html", "json", "png", "record.json", "svg"];
    expect((await readdir(folder)).sort()).toEqual(names.map((name) => `simulation-accuracy-vs-k.${name}`));
    expect(await findFigures(folder)).toEqual([files]);
    const record = JSON.parse(await readFile(files.record, "utf8")) as object;
    expect(record).toEqual(accuracyFigure().record);
    await rm(files.png);
    expect(await findFigures(folder)).toEqual([]);
    await rm(folder, { recursive: true });
    expect(await findFigures(folder)).toEqual([]);
  });

  test.each(["../escape", "A b", ""])("refuses the id %j", async (id) => {
    await expect(saveFigure({ ...accuracyFigure(), id }, tmpdir())).rejects.toThrow("lower-case words");
  });

  test("refuses a figure with another record", async () => {
    await expect(saveFigure({ ...accuracyFigure(), id: "other" }, tmpdir())).rejects.toThrow(
      /one id, got "other"/,
    );
  });
});

import { createCanvas, loadImage } from "@napi-rs/canvas";
import { afterAll, describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { panelFigure } from "./fixtures/sample-figures.js";
import { disposeRenderer, renderSvg } from "./index.js";
import { palettePng } from "./palette-png.js";
import { svgToPng, svgToSmallPng } from "./png.js";

afterAll(disposeRenderer);

/** A PNG's pixels, read by another implementation. */
async function pixelsOf(png: Uint8Array): Promise<{ width: number; height: number; pixels: Uint8Array }> {
  const image = await loadImage(Buffer.from(png));
  const pen = createCanvas(image.width, image.height).getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data, width, height } = pen.getImageData(0, 0, image.width, image.height);
  return { width, height, pixels: Uint8Array.from(data) };
}

const mosaic = (colors: readonly (readonly [number, number, number])[], width: number) => ({
  ...{ width, height: colors.length / width },
  pixels: Uint8Array.from(colors.flatMap((color) => [...color, 255])),
});

describe("a PNG with a palette", () => {
  test("keeps up to 64 colours as they are", async () => {
    const colors = Array.from({ length: 64 }, (_, i) => [i, 255 - i, (7 * i) % 256] as const);
    const picture = mosaic(colors, 16);
    expect(await pixelsOf(palettePng(picture))).toEqual(picture);
  });

  test("of more keeps the frequent ones and what is rare and far from them", async () => {
    const rng = randomStream(1).split("greys");
    const greys = Array.from(
      { length: 9000 },
      () => [200 + rng.integer(40), 200 + rng.integer(40), 200 + rng.integer(40)] as const,
    );
    const rare = [
      [255, 0, 0],
      [0, 0, 255],
    ] as const;
    const white = Array.from({ length: 998 }, () => [255, 255, 255] as const);
    const picture = mosaic([...white, ...rare, ...greys], 100);
    const { pixels } = await pixelsOf(palettePng(picture));
    const at = (i: number): number[] => Array.from(pixels.subarray(4 * i, 4 * i + 3));
    expect([at(0), at(998), at(999)]).toEqual([[255, 255, 255], ...rare]);
    const errors = pixels.map((value, i) => Math.abs(value - picture.pixels[i]));
    expect(Math.max(...errors)).toBeLessThan(20);
  });

  test("shows a figure as it is, in less than half the bytes", async () => {
    const svg = await renderSvg(panelFigure());
    const [whole, small] = [await svgToPng(svg, { scale: 1 }), await svgToSmallPng(svg, { scale: 1 })];
    expect(small.byteLength).toBeLessThan(whole.byteLength / 2);
    const [a, b] = [await pixelsOf(whole), await pixelsOf(small)];
    const off = a.pixels.filter((value, i) => Math.abs(value - b.pixels[i]) > 24).length;
    expect(off / a.pixels.length).toBeLessThan(0.002);
  });
});

import type { RenderedImage } from "@resvg/resvg-js";
import { checkKeys, checkNumber } from "../../core/index.js";
import type { Figure } from "../figure.js";
import { FONT_FAMILY, fontFiles } from "./fonts.js";
import { palettePng } from "./palette-png.js";
import { renderSvg } from "./svg.js";

/** @param scale pixels for each pixel of the layout, in (0, 8]; default 2 */
export interface PngOptions {
  readonly scale?: number;
}

/** The figure as PNG bytes. @throws InputError when the scale is out of range */
export async function renderPng(figure: Figure, options: PngOptions = {}): Promise<Uint8Array> {
  checkKeys("renderPng", options, ["scale"]);
  return svgToPng(await renderSvg(figure), options);
}

/** An SVG text as PNG bytes, with no font but ours, so that it looks the same on every machine. */
export async function svgToPng(svg: string, options: PngOptions = {}): Promise<Uint8Array> {
  return (await drawPixels(svg, options)).asPng();
}

/** The same with a palette of 64 colours: a third of the bytes. */
export async function svgToSmallPng(svg: string, options: PngOptions = {}): Promise<Uint8Array> {
  return palettePng(await drawPixels(svg, options));
}

async function drawPixels(svg: string, { scale = 2 }: PngOptions): Promise<RenderedImage> {
  checkNumber("renderPng: scale", scale, { above: 0, max: 8 });
  const { Resvg } = await import("@resvg/resvg-js");
  const font = {
    ...{ loadSystemFonts: false, fontFiles: [...fontFiles()] },
    ...{ defaultFontFamily: FONT_FAMILY, sansSerifFamily: FONT_FAMILY },
  };
  const picture = new Resvg(svg, {
    font,
    background: "#FFFFFF",
    imageRendering: 1,
    fitTo: { mode: "zoom", value: scale },
  });
  return picture.render();
}

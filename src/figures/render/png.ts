import type { RenderedImage } from "@resvg/resvg-js";
import { checkKeys, checkNumber } from "../../core/index.js";
import type { Figure } from "../figure.js";
import { foreignCharacters } from "./drawn-characters.js";
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

/**
 * An SVG text as PNG bytes, with no font but ours, so that it looks the same on every machine; characters that ours lacks are
 * drawn with the system's fonts, where it has them, and a warning names them. */
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
  const foreign = foreignCharacters(svg);
  if (foreign.length > 0) process.emitWarning(foreignWords(foreign), { code: "PAL_LAB_FONT" });
  const font = {
    ...{ loadSystemFonts: foreign.length > 0, fontFiles: [...fontFiles()] },
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

function foreignWords(characters: readonly string[]): string {
  const more = characters.length > 20 ? ` and ${characters.length - 20} more` : "";
  return (
    `the PNG of a figure has characters that our font (Arimo) lacks: ${characters.slice(0, 20).join(" ")}${more}. ` +
    "They are drawn with fonts of this system, or as boxes where it has none for them (Debian: apt-get install fonts-noto); SVG and page leave them to the viewer's."
  );
}

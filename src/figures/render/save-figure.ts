import { join } from "node:path";
import { checkText, InputError, show as quoted } from "../../core/index.js";
import { writeAtomically } from "../../files/index.js";
import { checkIsFigure, type Figure } from "../figure.js";
import { rowsToCsv } from "./csv.js";
import { figuresFolder } from "./figures-folder.js";
import { renderHtml } from "./html.js";
import { svgToPng } from "./png.js";
import { recordJson, specificationJson } from "./specification.js";
import { renderSvg } from "./svg.js";

/** Where the files of a saved figure are. */
export interface SavedFigure {
  readonly id: string;
  /** The specification: data, layout, frames and alt text. */
  readonly json: string;
  readonly record: string;
  /** The record's rows. */
  readonly csv: string;
  readonly svg: string;
  readonly png: string;
  /** The interactive page. */
  readonly html: string;
}

/** The paths that a figure's files have in `folder`. @throws InputError when the id is not lower-case words joined by "-" */
export function figureFiles(id: string, folder: string): SavedFigure {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    throw new InputError(`saveFigure: id must be lower-case words joined by "-", got ${quoted(id)}`);
  const path = (ending: string): string => join(folder, `${id}.${ending}`);
  return {
    id,
    json: path("json"),
    record: path("record.json"),
    csv: path("csv"),
    svg: path("svg"),
    png: path("png"),
    html: path("html"),
  };
}

/**
 * Writes a figure's specification, record, rows, SVG, PNG and interactive page into `folder`, each file whole
 * or not at all. The same figure gives the same bytes.
 * @param folder default: see {@link figuresFolder}
 * @throws InputError when the figure's id is no file name, or is not its record's
 */
export async function saveFigure(figure: Figure, folder: string = figuresFolder()): Promise<SavedFigure> {
  checkText("saveFigure: folder", folder, "the path of a folder");
  checkIsFigure("saveFigure: figure", figure);
  const files = figureFiles(figure.id, folder);
  if (figure.record.id !== figure.id)
    throw new InputError(
      `saveFigure: figure and record must have one id, got ${quoted(figure.id)} and ${quoted(figure.record.id)}`,
    );
  const svg = await renderSvg(figure);
  const [png, html] = await Promise.all([svgToPng(svg), renderHtml(figure)]);
  await Promise.all([
    writeAtomically(files.json, `${specificationJson(figure, 1)}\n`),
    writeAtomically(files.record, recordJson(figure)),
    writeAtomically(files.csv, rowsToCsv(figure.record.rows)),
    writeAtomically(files.svg, svg),
    writeAtomically(files.png, png),
    writeAtomically(files.html, html),
  ]);
  return files;
}

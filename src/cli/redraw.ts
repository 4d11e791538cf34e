import { readFile } from "node:fs/promises";
import type { FigureRecord } from "../core/index.js";
import type { Figure } from "../figures/index.js";
import { displayBundle, figureFiles } from "../figures/render/index.js";
import { joinText, notebookText, parseNotebook, splitText, type CellOutput } from "../formats/index.js";
import { KNOWN_FIGURES } from "../lessons/index.js";
import { readRecord, readSpecification } from "../report/index.js";

/** A saved figure, drawn as the toolkit draws its record now. */
export interface DrawnAgain {
  readonly figure: Figure;
  /** How the saved specification describes it. */
  readonly before: string;
}

/**
 * The figure of a saved record; one that the toolkit does not know is what its specification says. Nothing is computed.
 * @throws DataError when a file is missing or damaged
 */
export async function drawAgain(id: string, folder: string): Promise<DrawnAgain> {
  const files = figureFiles(id, folder);
  const [record, saved] = await Promise.all([readRecord(files.record), readSpecification(files.json)]);
  const before = saved.alt ?? record.caption;
  if (!Object.hasOwn(KNOWN_FIGURES, id)) return { figure: { ...saved, id, alt: before, record }, before };
  return { figure: KNOWN_FIGURES[id](record as FigureRecord<never>), before };
}

/** The text of a notebook with the pictures of these figures drawn again; everything else stays as it is. @param path for messages */
export async function redrawNotebook(path: string, figures: readonly DrawnAgain[]): Promise<string> {
  const notebook = parseNotebook(path, await readFile(path, "utf8"));
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    cell.outputs = await Promise.all(cell.outputs.map((output) => redrawn(output, figures)));
  }
  return notebookText(notebook);
}

const PLOTLY = "application/vnd.plotly.v1+json";

async function redrawn(output: CellOutput, figures: readonly DrawnAgain[]): Promise<CellOutput> {
  if (output.output_type !== "display_data" || output.data[PLOTLY] === undefined) return output;
  const words = output.data["text/plain"];
  const alt = typeof words === "string" || Array.isArray(words) ? joinText(words as string[]) : "";
  const found = figures.find(({ before }) => oneLine(before) === oneLine(alt));
  if (found === undefined) return output;
  const { data, metadata } = await displayBundle(found.figure);
  return {
    ...output,
    data: { ...data, "text/plain": splitText(String(data["text/plain"])) },
    metadata: metadata ?? {},
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

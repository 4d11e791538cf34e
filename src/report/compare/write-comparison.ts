import { join } from "node:path";
import { stableJson } from "../../core/index.js";
import type { Comparison } from "../../evaluate/index.js";
import { renderSvg } from "../../figures/render/index.js";
import { writeAtomically } from "../../files/index.js";
import type { DrawnFigure } from "../drawn-figure.js";
import { compareFigures } from "./compare-figures.js";
import { comparePage } from "./compare-page.js";

/** Where the files of a comparison are. */
export interface WrittenComparison {
  /** The page for people. */
  readonly page: string;
  /** Everything that was found, as JSON. */
  readonly json: string;
}

/** Writes `compare.html`, which needs nothing beside it, and `compare.json` into `folder`. */
export async function writeComparison(comparison: Comparison, folder: string): Promise<WrittenComparison> {
  const drawn: DrawnFigure[] = [];
  for (const figure of compareFigures(comparison)) drawn.push({ figure, svg: await renderSvg(figure) });
  const written = { page: join(folder, "compare.html"), json: join(folder, "compare.json") };
  await writeAtomically(written.page, comparePage(comparison, drawn));
  await writeAtomically(written.json, `${stableJson({ comparison }, { digits: 6, indent: 1 })}\n`);
  return written;
}

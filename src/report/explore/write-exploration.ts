import { join } from "node:path";
import { stableJson } from "../../core/index.js";
import type { DataSummary } from "../../data/index.js";
import type { Exploration } from "../../evaluate/index.js";
import { renderSvg } from "../../figures/render/index.js";
import { writeAtomically } from "../../files/index.js";
import { exploreFigures } from "./explore-figures.js";
import { explorePage, type DrawnFigure } from "./explore-page.js";

/** Where the files of an exploration are. */
export interface WrittenExploration {
  /** The page for people. */
  readonly page: string;
  /** Everything that was found, as JSON. */
  readonly json: string;
}

/** Writes `explore.html`, which needs nothing beside it, and `explore.json` into `folder`. */
export async function writeExploration(
  exploration: Exploration,
  folder: string,
  summary?: DataSummary,
): Promise<WrittenExploration> {
  const drawn: DrawnFigure[] = [];
  for (const figure of exploreFigures(exploration)) drawn.push({ figure, svg: await renderSvg(figure) });
  const written = { page: join(folder, "explore.html"), json: join(folder, "explore.json") };
  await writeAtomically(
    written.page,
    explorePage({ exploration, figures: drawn, ...(summary === undefined ? {} : { summary }) }),
  );
  await writeAtomically(written.json, `${stableJson({ exploration, summary }, { digits: 6, indent: 1 })}\n`);
  return written;
}

import { readdir } from "node:fs/promises";
import { basename } from "node:path";
import { figureFiles } from "./save-figure.js";
import type { SavedFigure } from "./save-figure.js";

/**
 * The figures that {@link saveFigure} wrote into `folder`, by id: those of which every file is there. A folder
 * that does not exist holds none.
 */
export async function findFigures(folder: string): Promise<readonly SavedFigure[]> {
  const present = new Set(await namesIn(folder));
  return [...present]
    .flatMap((name) => /^([a-z0-9]+(?:-[a-z0-9]+)*)\.record\.json$/.exec(name)?.[1] ?? [])
    .sort()
    .map((id) => figureFiles(id, folder))
    .filter(({ json, csv, svg, png, html }) =>
      [json, csv, svg, png, html].every((path) => present.has(basename(path))),
    );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw problem;
  }
}

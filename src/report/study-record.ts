import { figureRecord, type FigureRecord, type Json } from "../core/index.js";
import type { DataSource } from "../data/index.js";

/** What a figure of a page about one data set says. */
export interface Written<Extra> {
  readonly id: string;
  readonly claim: string;
  readonly caption: string;
  readonly extra: Extra;
}

/** How the numbers of such a page came about. */
export interface StudyRun {
  readonly config: { readonly [name: string]: Json };
  readonly seeds: readonly number[];
  readonly engine: string;
}

/** The record of a figure of a page about one data set: it has points instead of rows. */
export function studyRecord<Extra>(
  source: DataSource,
  run: StudyRun,
  written: Written<Extra>,
): FigureRecord<Extra> {
  return figureRecord<Extra>({
    ...{ ...written, ...run, profile: "full", rows: [] },
    data: [{ name: source.name, sha256: source.sha256, source: `${source.name} (${source.license})` }],
  });
}

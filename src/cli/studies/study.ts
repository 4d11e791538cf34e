import type { DataReference, RecordRow } from "../../core/index.js";
import type { SweepConfig } from "../../evaluate/sweep/index.js";
import type { Figure } from "../../figures/index.js";

/** What the sweeps of one name found, in their order. */
export interface StudyResult {
  readonly rows: readonly RecordRow[];
  readonly data: readonly DataReference[];
}

/** Committed figures that no notebook makes, since their runs take too long for a lesson: sweeps, and what is drawn of their rows. */
export interface Study {
  /** What `reproduce` calls it. */
  readonly name: string;
  /** Ids of its figures. */
  readonly figures: readonly string[];
  readonly sweeps: { readonly [name: string]: readonly SweepConfig[] };
  /** @param results what the sweeps of each name found */
  draw(results: { readonly [name: string]: StudyResult }): Figure[];
}

/** 1, 2, … count. */
export function seedsTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

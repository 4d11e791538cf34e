import { calibrations } from "./calibrations.js";
import { polis } from "./polis.js";
import type { Study } from "./study.js";

export { runStudy } from "./run-study.js";
export type { Study, StudyResult } from "./study.js";

/** What `reproduce` can make beside the notebooks, when it is named. */
export const STUDIES: readonly Study[] = [calibrations, polis];

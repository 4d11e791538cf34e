import { messageOf, type FigureRecord } from "../../core/index.js";
import type { Claim, ClaimOutcome } from "./claim.js";
import { OTHER_CLAIMS } from "./other-claims.js";
import { SIMULATION_CLAIMS } from "./simulation-claims.js";

export type { Claim, ClaimOutcome } from "./claim.js";

/** Every claim of the paper that pal-lab checks, in the paper's order. */
export const CLAIMS: readonly Claim[] = [...SIMULATION_CLAIMS, ...OTHER_CLAIMS];

/** What became of each claim. A record that is missing, or lacks what a claim needs, fails it. */
export function checkClaims(records: ReadonlyMap<string, FigureRecord>): readonly (Claim & ClaimOutcome)[] {
  return CLAIMS.map((claim) => ({ ...claim, ...checkOne(claim, records) }));
}

function checkOne(claim: Claim, records: ReadonlyMap<string, FigureRecord>): ClaimOutcome {
  if (claim.figure === undefined) return claim.check({} as FigureRecord);
  const record = records.get(claim.figure);
  if (record === undefined) return { status: "fails", ours: `no record ${claim.figure}` };
  try {
    return claim.check(record);
  } catch (thrown) {
    return { status: "fails", ours: messageOf(thrown) };
  }
}

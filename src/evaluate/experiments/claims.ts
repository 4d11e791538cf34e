import { messageOf, type FigureRecord } from "../../core/index.js";
import { BELIEF_CLAIMS } from "./biased-beliefs/claims.js";
import { MATRIX_CLAIMS } from "./families-matrix/claims.js";
import { POLICY_CLAIMS } from "./direct-policies/claims.js";
import { VPL_CLAIMS } from "./latent-user/claims.js";
import { notRun, type Claim, type ClaimOutcome } from "./parts/claim.js";
import { PERSONA_CLAIMS } from "./persona/claims.js";
import { PICK_A_FILTER_CLAIMS } from "./pick-a-filter/claims.js";
import { TREE_CLAIMS } from "./reward-trees/claims.js";
import { SIMULATION_CLAIMS } from "./simulation/claims.js";

export type { Claim, ClaimOutcome } from "./parts/claim.js";

/** Every claim of the papers that pal-lab checks, PAL's first, each in its paper's order; then what families side by side must show. */
export const CLAIMS: readonly Claim[] = [
  ...SIMULATION_CLAIMS,
  ...PERSONA_CLAIMS,
  ...PICK_A_FILTER_CLAIMS,
  {
    source: "Reddit TL;DR",
    claim: "K = 2 beats K = 1 where summaries are preferred by length",
    criterion: "-",
    paper: "+1.7 % seen, +36 % unseen against P-DPO [paper]",
    check: (): ClaimOutcome => notRun("needs the summaries and a language model's embeddings"),
  },
  ...VPL_CLAIMS,
  ...MATRIX_CLAIMS,
  ...POLICY_CLAIMS,
  ...TREE_CLAIMS,
  ...BELIEF_CLAIMS,
];

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

import type { Row } from "./comparison.js";

/** Gains below this, in nats an answer, are worth nothing. */
const WORTH = 0.003;
const LEVEL = 0.05;

/** Whether a family gains from knowing users, surely and by something that is worth it. */
export function isSureGain({ gain }: Row): boolean {
  return gain !== undefined && gain.adjusted < LEVEL && gain.mean > WORTH;
}

/** From what on a gain counts, in words. */
export const SURE_GAIN = `p < ${short(LEVEL)} and ${short(WORTH)} nats an answer`;

function short(value: number): string {
  return String(value).replace(/^0/, "");
}

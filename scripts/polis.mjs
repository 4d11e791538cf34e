// How well held-out votes of the seven public Polis conversations are told: too long for CI. Finished runs are kept in the cache, as those of any sweep.
// node scripts/polis.mjs  writes figures/polis-held-out.*; PAL_LAB_DATA_MIRROR may name a copy of the data
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  data as sources,
  figures as drawings,
  figureRecord,
  saveFigure,
  study,
  sweep,
} from "../dist/index.js";

const { POLIS_CONVERSATIONS } = sources;
const figures = join(dirname(fileURLToPath(import.meta.url)), "..", "figures");
const config = { experiment: "polis", grid: { conversation: POLIS_CONVERSATIONS }, seeds: [11, 12] };
const { rows, data } = await sweep(config, {
  progress: (title, total) => study.createProgress(title, total, process.stderr),
});

const pal = rows.filter((row) => row.intervals.overFactors !== undefined);
/** Conversations in which PAL's row passes with every seed. */
const conversations = (passes) =>
  POLIS_CONVERSATIONS.filter((name) => pal.filter((row) => row.group === name).every(passes)).length;
const above = conversations((row) => row.intervals.overMajority.low > 0);
const close = conversations((row) => row.intervals.overFactors.mean >= -0.02);
const record = figureRecord({
  id: "polis-held-out",
  claim: `PAL tells held-out votes better than popularity alone in ${above} of ${POLIS_CONVERSATIONS.length} Polis conversations, and is at most 0.02 nats behind a factor model in ${close}`,
  caption:
    "Seven public Polis conversations, votes agree or disagree, passes dropped. A fifth of each participant's votes, drawn by the seed, is held out of every choice; within the rest, " +
    "3-fold validation chooses K (the likeliest of 2 to 5, or 1) and the prior's strength, and a fifth chooses rank and strength of the factor model, which has user intercepts. " +
    "PAL averages the probabilities of 3 starts; one reward for all is each statement's popularity, shrunken. Points are seeds (the same votes split again, not new data), bars 95 % bootstrap " +
    "intervals over participants; a conversation counts where every seed shows it (the whole interval above 0; a mean above −0.02). Dotted: 0.02 nats behind. Rebuild: node scripts/polis.mjs.",
  profile: "full",
  config: { sweeps: [config] },
  engine: "float64",
  data,
  rows,
});
const saved = await saveFigure(drawings.polisHeldOut(record), figures);
for (const path of [saved.png, saved.html]) rmSync(path); // figures/ holds what is committed alone
process.exit(0);

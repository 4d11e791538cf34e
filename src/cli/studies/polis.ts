import { figureRecord } from "../../core/index.js";
import { POLIS_CONVERSATIONS } from "../../data/files/index.js";
import type { SweepConfig } from "../../evaluate/sweep/index.js";
import { polisHeldOut } from "../../figures/index.js";
import type { Study } from "./study.js";

const VOTES = {
  experiment: "polis",
  grid: { conversation: POLIS_CONVERSATIONS },
  seeds: [11, 12],
} satisfies SweepConfig;

/** How well held-out votes of the seven public Polis conversations are told; `PAL_LAB_DATA_MIRROR` may name a copy of the data. */
export const polis: Study = {
  name: "polis",
  figures: ["polis-held-out"],
  sweeps: { votes: [VOTES] },
  draw({ votes: { rows, data } }) {
    const record = figureRecord({
      id: "polis-held-out",
      claim: "What PAL gains on held-out votes",
      caption:
        "Seven public Polis conversations, votes agree or disagree, passes dropped. A fifth of each participant's votes, drawn by the seed, is held out of every choice; within the rest, " +
        "3-fold validation chooses K (the likeliest of 2 to 5, or 1) and the prior's strength, and a fifth chooses rank and strength of the factor model, which has user intercepts. " +
        "PAL averages the probabilities of 3 starts; one reward for all is each statement's popularity, shrunken. Points are seeds (the same votes split again, not new data), bars 95 % bootstrap " +
        "intervals over participants; a conversation counts where every seed shows it (the whole interval above 0; a mean above −0.02). Dotted: 0.02 nats behind. Rebuild: npx pal-lab reproduce polis",
      profile: "full",
      config: { sweeps: [VOTES] },
      engine: "float64",
      data,
      rows,
    });
    return [polisHeldOut(record)];
  },
};

import { rowsWhere, tInterval, type FigureRecord } from "../../../core/index.js";
import { accuracyAt, outcome, SEEN, shown, valuesOf, type Claim, type ClaimOutcome } from "../parts/claim.js";

/** Claims about simulated ideal points (Figure 2 and the appendix). */
export const SIMULATION_CLAIMS: readonly Claim[] = [
  {
    source: "Figure 2a, appendix",
    claim: "With K = K* = 3 the learned latent plane places every user; K = 1 is one point",
    criterion:
      "held-out accuracy at K = 3 at least 0.96 and 0.07 above K = 1, mixture and partition (d = 2, one population)",
    figure: "simulation-ideal-points",
    paper: "a picture",
    check: (record: FigureRecord): ClaimOutcome => {
      const settings = ["mixture", "partition"] as const;
      const gains = settings.map((setting) => [1, 3].map((k) => accuracyAt(record, { setting, k })));
      const text = settings.map(
        (setting, i) => `${setting} ${gains[i][0].toFixed(3)} -> ${gains[i][1].toFixed(3)}`,
      );
      return outcome(
        gains.every(([one, three]) => three >= 0.96 && three - one >= 0.07),
        text.join(", "),
      );
    },
  },
  {
    source: "Figure 2",
    claim: "Seen accuracy rises until K = K* and stays",
    criterion:
      "mixture, K* = 2, 3, 4: at least 0.96 at K*, 0.07 above K = 1, and within 0.02 of it for K > K*",
    figure: "simulation-accuracy-vs-k",
    paper: "not known; “75.4 % -> 100 %” [2nd-hand], setting not stated",
    check: (record: FigureRecord): ClaimOutcome => {
      const parts = valuesOf(record, "kStar").map((kStar) => {
        const at = (k: number): number => accuracyAt(record, { ...SEEN, setting: "mixture", kStar, k });
        const beyond = valuesOf(record, "k").filter((k) => k > kStar);
        const holds =
          at(kStar) >= 0.96 &&
          at(kStar) - at(1) >= 0.07 &&
          beyond.every((k) => Math.abs(at(k) - at(kStar)) <= 0.02);
        const gain = (at(kStar) - at(1)).toFixed(3);
        return {
          holds,
          text: `K* = ${kStar}: ${shown(record, { ...SEEN, setting: "mixture", kStar, k: kStar })} (+${gain})`,
        };
      });
      return outcome(
        parts.length >= 3 && parts.every(({ holds }) => holds),
        parts.map(({ text }) => text).join("; "),
      );
    },
  },
  {
    source: "Figure 2",
    claim: "More comparisons help; with few, K above K* hurts",
    criterion:
      "K = K* = 3: at least 0.03 more at n = 1000 than at n = 20; at n = 20 K = 5 is worse than K = 3",
    figure: "simulation-accuracy-vs-samples",
    paper: "not known",
    check: (record: FigureRecord): ClaimOutcome => {
      const at = (comparisonsPerUser: number, k: number): number =>
        accuracyAt(record, { ...SEEN, comparisonsPerUser, k });
      const holds = at(1000, 3) - at(20, 3) >= 0.03 && at(20, 5) < at(20, 3);
      const [few, many] = [20, 1000].map((comparisonsPerUser) =>
        shown(record, { ...SEEN, comparisonsPerUser, k: 3 }),
      );
      return outcome(
        holds,
        `K = 3: ${few} -> ${many}; n = 20, K = 5: ${shown(record, { ...SEEN, comparisonsPerUser: 20, k: 5 })}`,
      );
    },
  },
  {
    source: "Figure 2",
    claim: "A new user is placed by about 20 comparisons",
    criterion: "K = K* = 3, exact: at least 0.945 at n_new = 20, and more at 100 than at 5",
    figure: "simulation-new-users",
    paper: "“about 20 samples suffice” [2nd-hand]",
    check: (record: FigureRecord): ClaimOutcome => {
      const at = (newComparisonsPerUser: number): number =>
        accuracyAt(record, { split: "unseen", k: 3, method: "exact", newComparisonsPerUser });
      const text = [5, 20, 100].map(
        (n) =>
          `n = ${n}: ${shown(record, { split: "unseen", k: 3, method: "exact", newComparisonsPerUser: n })}`,
      );
      return outcome(at(20) >= 0.945 && at(100) > at(5), text.join("; "));
    },
  },
  {
    source: "Figure 2",
    claim: "With K = 1 a new user's comparisons change nothing",
    criterion:
      "flat: largest change over n_new at most 0.001 (one weight is always 1, so nothing can change)",
    figure: "simulation-new-users",
    paper: "not known",
    check: (record: FigureRecord): ClaimOutcome => {
      const values = valuesOf(record, "newComparisonsPerUser", { k: 1 }).map((n) =>
        accuracyAt(record, { k: 1, newComparisonsPerUser: n }),
      );
      const change = Math.max(...values) - Math.min(...values);
      return outcome(values.length > 1 && change <= 0.001, `change ${change.toFixed(4)}`);
    },
  },
  {
    source: "ours",
    claim: "Exact adaptation is no worse than gradient descent run to convergence",
    criterion: "paired 95 % interval of the difference, over users and seeds, above -0.005 at every n_new",
    figure: "simulation-new-users",
    paper: "not a claim of the paper",
    check: (record: FigureRecord): ClaimOutcome => {
      const method = "gradient to convergence";
      const lows = valuesOf(record, "newComparisonsPerUser", { method }).map((newComparisonsPerUser) => {
        return {
          n: newComparisonsPerUser,
          low: pairedLow(
            rowsWhere(record.rows, { method, newComparisonsPerUser }).flatMap((row) => row.paired ?? []),
          ),
        };
      });
      const worst = lows.reduce((a, b) => (b.low < a.low ? b : a), { n: 0, low: Infinity });
      return outcome(
        lows.length > 0 && worst.low > -0.005,
        `lowest lower end ${worst.low.toFixed(4)} at n_new = ${worst.n}`,
      );
    },
  },
];

type Paired = { readonly difference: number; readonly deviation: number; readonly n: number };

/** Lower end of the interval of a mean difference: users within seeds, and seeds, whichever varies more. */
function pairedLow(parts: readonly Paired[]): number {
  const { mean, low } = tInterval(parts.map((part) => part.difference));
  const users = parts.reduce((sum, part) => sum + part.n, 0);
  const within = parts.reduce((sum, part) => sum + part.deviation ** 2 * part.n, 0) / users;
  return Math.min(low, mean - 1.96 * Math.sqrt(within / users));
}

import { rowsWhere, type FigureRecord } from "../../../core/index.js";
import type { PersonaQuery } from "../../../figures/index.js";
import { accuracyAt, outcome, SEEN, shown, valuesOf, type Claim, type ClaimOutcome } from "../parts/claim.js";

/** Claims about Persona (Figures 3 and 4). */
export const PERSONA_CLAIMS: readonly Claim[] = [
  {
    source: "Figure 3",
    claim: "To the same statement an art user says no (-1) and a math user yes (+1)",
    criterion: "labels -1 and +1, and the fitted model puts each on the right side of one half",
    figure: "persona-query",
    paper: "the same example [paper]",
    check: (record: FigureRecord): ClaimOutcome => {
      const { users } = record.extra as PersonaQuery;
      const text = users.map(
        (user) => `${user.persona}: y = ${user.label}, P(yes) = ${user.probability.toFixed(3)}`,
      );
      const labels = users
        .map((user) => user.label)
        .sort()
        .join();
      return outcome(
        labels === "-1,1" && users.every((user) => user.probability > 0.5 === user.label > 0),
        text.join("; "),
      );
    },
  },
  {
    source: "Figure 4a",
    claim: "Seen accuracy on Persona rises to K* and stays; K = 1 is at the user-blind ceiling",
    criterion:
      "rises to K* with no step down beyond 0.01, within 0.02 of K* beyond, at least 0.93 at K*; K = 1 within 0.03 of the ceiling (sampling and overfitting of one run)",
    figure: "persona-accuracy-vs-k",
    paper: "not known",
    check: (record: FigureRecord): ClaimOutcome => {
      const cases = (["uniform", "balanced"] as const).flatMap((setting) =>
        valuesOf(record, "kStar", { setting }).map((kStar) => ({ setting, kStar })),
      );
      const parts = cases.map(({ setting, kStar }) => {
        const at = (k: number): number => accuracyAt(record, { ...SEEN, setting, kStar, k });
        const ks = valuesOf(record, "k", { setting, kStar });
        const rises = ks.every((k, i) => i === 0 || k > kStar || at(k) >= at(ks[i - 1]) - 0.01);
        const stays = ks.every((k) => k <= kStar || Math.abs(at(k) - at(kStar)) <= 0.02);
        const blind = rowsWhere(record.rows, { ...SEEN, setting, kStar, k: 1 })[0].ceilings?.blind ?? NaN;
        const isBlind = Math.abs(at(1) - blind) <= 0.03;
        const text = `${setting} K* = ${kStar}: ${at(1).toFixed(3)} -> ${shown(record, { ...SEEN, setting, kStar, k: kStar })}`;
        return { holds: rises && stays && isBlind && at(kStar) >= 0.93, text };
      });
      const bad = parts.filter(({ holds }) => !holds);
      return outcome(
        parts.length > 0 && bad.length === 0,
        (bad.length > 0 ? bad : parts).map(({ text }) => text).join("; "),
      );
    },
  },
  {
    source: "Figure 4b",
    claim: "More answers a user help, and soon saturate",
    criterion:
      "K = K* = 3: at least 0.01 more at n = 100 than at 5; from 20 to 100 at most 0.01 more (saturated: less than a tenth of what is left at K = 1)",
    figure: "persona-accuracy-vs-samples",
    paper: "not known",
    check: (record: FigureRecord): ClaimOutcome => {
      const at = (comparisonsPerUser: number): number =>
        accuracyAt(record, { ...SEEN, k: 3, comparisonsPerUser });
      const text = [5, 20, 100]
        .map((n) => `n = ${n}: ${shown(record, { ...SEEN, k: 3, comparisonsPerUser: n })}`)
        .join("; ");
      return outcome(at(100) - at(5) >= 0.01 && at(100) - at(20) <= 0.01, text);
    },
  },
  {
    source: "Figure 4c",
    claim: "The latent dimension has a weak effect",
    criterion:
      "weak: at K = 3 the means over d = 2 … 64 differ by at most 0.02, a sixteenth of what K does (0.66 to 1)",
    figure: "persona-accuracy-vs-dimension",
    paper: "not known; “little effect” [memory]",
    check: (record: FigureRecord): ClaimOutcome => {
      const values = valuesOf(record, "latentDimension", { k: 3 }).map((latentDimension) =>
        accuracyAt(record, { ...SEEN, k: 3, latentDimension }),
      );
      const range = Math.max(...values) - Math.min(...values);
      return outcome(
        values.length > 1 && range <= 0.02,
        `range ${range.toFixed(4)} over ${values.length} dimensions`,
      );
    },
  },
  {
    source: "Figure 4d",
    claim: "New Persona users reach the seen level within 10-20 answers; K = 1 is flat",
    criterion:
      "K = K* = 3: at n_new = 20 within 0.02 of seen users; K = 1 changes by at most 0.001 (one weight is always 1)",
    figure: "persona-new-users",
    paper: "not known",
    check: (record: FigureRecord): ClaimOutcome => {
      const seen = accuracyAt(record, { ...SEEN, k: 3 });
      const at = accuracyAt(record, { split: "unseen", k: 3, newComparisonsPerUser: 20 });
      const flat = valuesOf(record, "newComparisonsPerUser", { k: 1 }).map((n) =>
        accuracyAt(record, { split: "unseen", k: 1, newComparisonsPerUser: n }),
      );
      const change = Math.max(...flat) - Math.min(...flat);
      const text = `n_new = 20: ${shown(record, { split: "unseen", k: 3, newComparisonsPerUser: 20 })}, seen ${seen.toFixed(3)}; K = 1 changes by ${change.toFixed(4)}`;
      return outcome(Math.abs(at - seen) <= 0.02 && change <= 0.001, text);
    },
  },
];

import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { accuracyLines } from "../accuracy/accuracy-lines.js";
import { checkedTitle, meanOf } from "../checked-title.js";
import type { Figure } from "../figure.js";
import { averageOf, methodLines, withCeilings } from "./latent-rows.js";

/** Most that a model may be behind exact Bayes given eight answers, for the title to say that it is near. */
const NEAR = 0.045;

/** Accuracy for new users against how many answers they gave, beside exact Bayes given the same answers. */
export function vplContextSize(record: FigureRecord): Figure {
  checkIsRecord("vplContextSize: record", record);
  const own = record.rows.filter((row) => (row.settings?.flipped ?? 0) === 0);
  const rows = withCeilings(own);
  const known = meanOf(rows, { method: "VPL", newComparisonsPerUser: 8 });
  const blind = averageOf(own, (row) => row.ceilings?.blind);
  const behind = meanOf(rows, { method: "exact Bayes, same answers", newComparisonsPerUser: 8 }) - known;
  return accuracyLines({
    record,
    ...checkedTitle({
      holds: behind <= NEAR && known > blind,
      title: `Eight answers of somebody new bring VPL within ${behind.toFixed(3)} of exact Bayes`,
      alt: `Held-out accuracy for new users against the number of their answers: VPL rises from one reward for all, and stays ${behind.toFixed(3)} below exact Bayes at eight.`,
      otherwise: "Held-out accuracy for new users against the number of their answers",
    }),
    panels: [{ title: "", rows }],
    lines: methodLines(rows),
    x: { value: (row) => row.newComparisonsPerUser, title: "answers of the new user", scale: "linear" },
    blind: "all",
    lowest: 0.6,
  });
}

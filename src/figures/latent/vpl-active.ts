import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { accuracyLines } from "../accuracy/accuracy-lines.js";
import { checkedTitle, meanOf } from "../checked-title.js";
import type { Figure } from "../figure.js";
import * as theme from "../theme/index.js";
import { wholePercent } from "./latent-rows.js";

/** How often the kind of a user is told right, against the questions asked, a line for each way to choose them. */
export function vplActive(record: FigureRecord): Figure {
  checkIsRecord("vplActive: record", record);
  const { rows } = record;
  const criteria = [...new Set(rows.map((row) => row.method ?? ""))];
  const one = (method: string): number => meanOf(rows, { method, newComparisonsPerUser: 1 });
  const best = criteria.reduce((a, b) => (one(b) > one(a) ? b : a), criteria[0] ?? "");
  const holds = one(best) >= 0.95 && one("random") < one(best) - 0.03 && one("released") < one("random");
  return accuracyLines({
    record,
    ...checkedTitle({
      holds,
      title: `One question chosen by ${best === "bald" ? "BALD" : best} tells two users apart in ${wholePercent(one(best))}, a random one in ${wholePercent(one("random"))}, the released criterion's in ${wholePercent(one("released"))}`,
      alt: `Part of users told right against questions asked; after one question: ${criteria.map((name) => `${name} ${one(name).toFixed(2)}`).join(", ")}.`,
      otherwise: "Part of users whose kind is told right, against the questions asked",
    }),
    panels: [{ title: "", rows }],
    lines: criteria.map((criterion, i) => ({
      name: criterion,
      color: theme.groupColor(i),
      has: (row): boolean => row.method === criterion,
    })),
    x: { value: (row) => row.newComparisonsPerUser, title: "questions asked", scale: "log" },
    y: "users told right (fraction)",
    blind: "none",
    lowest: 0.4,
  });
}

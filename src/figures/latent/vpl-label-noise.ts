import { checkIsRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { accuracyLines } from "../accuracy/accuracy-lines.js";
import { checkedTitle } from "../checked-title.js";
import type { Figure } from "../figure.js";
import { averageOf, methodLines, withCeilings } from "./latent-rows.js";

/** Accuracy for new users against the part of their answers that was turned round, one panel for each number of answers. */
export function vplLabelNoise(record: FigureRecord): Figure {
  checkIsRecord("vplLabelNoise: record", record);
  const rows = withCeilings(record.rows).filter((row) => row.method !== "knows the user");
  const counts = [2, 4, 8];
  const at = (method: string, part: number): number =>
    averageOf(
      rows.filter((row) => row.method === method && row.newComparisonsPerUser === 8 && partOf(row) === part),
      (row) => row.accuracy,
    );
  const holds =
    at("VPL", 0.25) > at("Bradley-Terry", 0.25) && at("VPL", 0.5) < at("Bradley-Terry", 0.5) + 0.02;
  return accuracyLines({
    record,
    ...checkedTitle({
      holds,
      title: "A quarter of answers turned round still helps VPL; half of them leaves nothing to know",
      alt: `Held-out accuracy against the part of answers turned round, for 2, 4 and 8 answers: of 8, VPL falls from ${at("VPL", 0).toFixed(3)} to ${at("VPL", 0.5).toFixed(3)} at a half.`,
      otherwise: "Held-out accuracy against the part of the new user's answers that was turned round",
    }),
    panels: counts.map((count) => ({
      title: `${count} answers`,
      rows: rows.filter((row) => row.newComparisonsPerUser === count),
    })),
    lines: methodLines(rows),
    x: { value: partOf, title: "part of answers turned round", scale: "linear" },
    blind: "none",
    lowest: 0.35,
    chanceAt: "left",
  });
}

function partOf(row: RecordRow): number | undefined {
  const part = row.settings?.flipped;
  return typeof part === "number" ? part : undefined;
}

import type { FigureRecord } from "../../core/index.js";
import { accuracyLines, linesBy, type RuleForK } from "./accuracy-lines.js";
import type { Figure } from "../figure.js";
import { kStarColor } from "../theme/index.js";

const PANEL_TITLES: { readonly [setting: string]: string } = {
  mixture: "mixture: users anywhere between the prototypes",
  partition: "partition: each user at one prototype",
  gaussian: "gaussian: no prototypes",
  uniform: "prompts uniform over the pool",
  balanced: "prompts half from the own set",
};

/** Held-out accuracy of seen users against the K of the model, a line for each true K*: simulation. @param chosen rings the K that it gives for each line */
export function simulationAccuracyVsK(record: FigureRecord, chosen?: RuleForK): Figure {
  return accuracyVsK(record, {
    chosen,
    title: "Accuracy rises until the model has as many prototypes as the population",
    alt: "Held-out accuracy against the number of prototypes K of the model, one line for each true number K*; each line rises until K equals K* and is flat beyond.",
    lowest: 0.6,
  });
}

/** The same for Persona, on statements that did not train. */
export function personaAccuracyVsK(record: FigureRecord, chosen?: RuleForK): Figure {
  return accuracyVsK(record, {
    chosen,
    title: "Persona: one reward for all stays at the user-blind ceiling, PAL-B does not",
    alt: "Accuracy on held-out Persona statements against the number of prototypes K, one line for each number of personas K*; K = 1 stays at the best user-blind accuracy and the lines rise towards 1 as K reaches K*.",
    lowest: 0.42,
  });
}

function accuracyVsK(
  record: FigureRecord,
  words: { title: string; alt: string; lowest: number; chosen: RuleForK | undefined },
): Figure {
  const rows = record.rows.filter((row) => row.split === "seen");
  const settings = [...new Set(rows.map((row) => row.setting))];
  return accuracyLines({
    record,
    ...words,
    panels: settings.map((setting) => ({
      title: PANEL_TITLES[setting ?? ""] ?? "",
      rows: rows.filter((row) => row.setting === setting),
    })),
    lines: linesBy(rows, (row) => row.kStar, { name: (kStar) => `K* = ${kStar}`, color: kStarColor }),
    x: { value: (row) => row.k, title: "prototypes of the model, K" },
  });
}

import { checkIsRecord, type FigureRecord, mean, type RecordRow, valuesIn } from "../../core/index.js";
import { checkedTitle, meanOf, type SaidTitle } from "../checked-title.js";
import { accuracyLines, linesBy, type RuleForK } from "./accuracy-lines.js";
import { accuracyMap, type AccuracyPanel } from "./accuracy-map.js";
import type { Figure } from "../figure.js";
import { kColor } from "../theme/index.js";

const PANEL_TITLES: { readonly [setting: string]: string } = {
  mixture: "mixture: users anywhere between the prototypes",
  partition: "partition: each user at one prototype",
  gaussian: "gaussian: no prototypes",
  uniform: "prompts uniform over the pool",
  balanced: "prompts half from the own set",
};

/** Held-out accuracy of seen users against the K of the model, a line for each true K*: simulation. @param chosen rings the K that it gives for each line */
export function simulationAccuracyVsK(record: FigureRecord, chosen?: RuleForK): Figure {
  checkIsRecord("simulationAccuracyVsK: record", record);
  return accuracyVsK(record, {
    ...{ chosen, lowest: 0.6 },
    ...checkedTitle({
      holds: everyLine(
        record,
        (at, ks, kStar) => rises(at, ks, kStar) && (kStar === 1 || at(kStar) > at(ks[0]) + LEAST_GAIN),
      ),
      title: "Accuracy rises until the model has as many prototypes as the population",
      alt: "Held-out accuracy against the number of prototypes K of the model, one line for each true number K*; each line rises until K equals K* and is flat beyond.",
      otherwise: "Held-out accuracy against the number of prototypes K, one line for each true number K*",
    }),
  });
}

/** The same for Persona, on statements that did not train. */
export function personaAccuracyVsK(record: FigureRecord, chosen?: RuleForK): Figure {
  checkIsRecord("personaAccuracyVsK: record", record);
  return accuracyMap(record, {
    panels: panelsOf(record),
    ...(chosen === undefined ? {} : { chosen }),
    ...checkedTitle({
      holds: everyLine(
        record,
        (at, _, kStar, blind) => Math.abs(at(1) - blind) <= BLIND && at(kStar) > blind + LEAST_GAIN,
      ),
      title: "Persona: one reward for all stays at the user-blind ceiling, PAL-B does not",
      alt: "Accuracy on held-out Persona statements by the number of prototypes K, in columns, and of personas K*, in rows; K = 1 is at the best user-blind accuracy, and from K = K* on accuracy is near 1.",
      otherwise: "Persona: held-out accuracy by the number of prototypes K and of personas K*",
    }),
  });
}

/** A gain that a reader sees; a step down that is noise; how far one reward for all may lie from the ceiling of its run. */
const LEAST_GAIN = 0.02;
const NOISE = 0.015;
const BLIND = 0.03;

type AtK = (k: number) => number;

function rises(at: AtK, ks: readonly number[], kStar: number): boolean {
  const below = ks.filter((k) => k <= kStar);
  const beyond = ks.filter((k) => k > kStar);
  return (
    below.every((k, i) => i === 0 || at(k) >= at(below[i - 1]) - NOISE) &&
    beyond.every((k) => Math.abs(at(k) - at(kStar)) <= 2 * NOISE)
  );
}

/** Whether something holds for each true K* in each setting that has one. */
function everyLine(
  { rows }: FigureRecord,
  holds: (at: AtK, ks: readonly number[], kStar: number, blind: number) => boolean,
): boolean {
  const seen = rows.filter((row) => row.split === "seen" && row.kStar !== undefined);
  const settings = [...new Set(seen.map(({ setting }) => setting))];
  const lines = settings.flatMap((setting) => {
    const own = seen.filter((row) => row.setting === setting);
    return valuesIn(own, "kStar").map((kStar) => ({ own: own.filter((row) => row.kStar === kStar), kStar }));
  });
  return (
    lines.length > 0 &&
    lines.every(({ own, kStar }) => {
      const blinds = own.flatMap((row) => row.ceilings?.blind ?? []);
      return holds(
        (k) => meanOf(own, { k }),
        valuesIn(own, "k"),
        kStar,
        blinds.length === 0 ? NaN : mean(blinds),
      );
    })
  );
}

function accuracyVsK(
  record: FigureRecord,
  words: SaidTitle & { lowest: number; chosen: RuleForK | undefined },
): Figure {
  const rows = seenRows(record);
  return accuracyLines({
    record,
    ...words,
    panels: panelsOf(record),
    lines: linesBy(rows, (row) => row.kStar, { name: (kStar) => `K* = ${kStar}`, color: kColor }),
    x: { value: (row) => row.k, title: "prototypes of the model, K" },
  });
}

function seenRows({ rows }: FigureRecord): RecordRow[] {
  return rows.filter((row) => row.split === "seen");
}

/** A panel for each setting. */
function panelsOf(record: FigureRecord): AccuracyPanel[] {
  const rows = seenRows(record);
  return [...new Set(rows.map(({ setting }) => setting))].map((setting) => ({
    title: PANEL_TITLES[setting ?? ""] ?? "",
    rows: rows.filter((row) => row.setting === setting),
  }));
}

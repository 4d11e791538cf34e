import { checkIsRecord, type FigureRecord } from "../core/index.js";
import type { Figure } from "./figure.js";
import { subtitleOf } from "./subtitle.js";
import { baseLayout, note } from "./theme/index.js";

/** The panel of a record that holds nothing to draw: it says so, and not what the figure was to say. */
export function emptyFigure<Extra>(
  record: FigureRecord<Extra>,
  why = "the record has no rows to show",
): Figure {
  checkIsRecord("emptyFigure: record", record);
  const title = `Nothing to show: ${why}`;
  const hidden = { visible: false, fixedrange: true, range: [0, 1] };
  const says = record.checked?.says ?? record.claim;
  return {
    id: record.id,
    data: [],
    layout: {
      ...baseLayout({ title, subtitle: subtitleOf(record), legend: "none", height: 240 }),
      ...{ xaxis: hidden, yaxis: hidden },
      annotations: [
        note({ text: "nothing to show", x: 0.5, y: 0.5, xref: "paper", yref: "paper", font: { size: 15 } }),
      ],
    },
    alt: `${title}.`,
    record: { ...record, claim: title, checked: { says, holds: false } },
  };
}

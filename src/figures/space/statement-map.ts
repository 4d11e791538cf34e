import { checkIsRecord } from "../../core/index.js";
import type { FigureRecord } from "../../core/index.js";
import type { Figure } from "../figure.js";
import type { PlanePoints } from "./plane-points.js";
import * as theme from "../theme/index.js";

/** Statements in the plane. */
export interface StatementMap {
  readonly points: PlanePoints;
  readonly texts: readonly string[];
  readonly groups: readonly string[];
  /** How well neighbours are kept, 0-1. */
  readonly trustworthiness: number;
}

/** A map of statements by the meaning of their sentences, coloured by persona; each text shows on hover in the live figure. */
export function statementMap(record: FigureRecord<StatementMap>): Figure {
  checkIsRecord("statementMap: record", record);
  const { points, texts, groups, trustworthiness } = record.extra ?? {
    points: [],
    texts: [],
    groups: [],
    trustworthiness: 0,
  };
  const names = [...new Set(groups)];
  const bare = theme.axis("", { showticklabels: false, ticks: "" });
  return {
    id: record.id,
    data: names.map((name, i) => {
      const mine = [...groups.keys()].filter((index) => groups[index] === name);
      return {
        type: "scatter",
        mode: "markers",
        name: theme.plainText(name.replace("interest-in-", "")),
        x: mine.map((index) => points[index][0]),
        y: mine.map((index) => points[index][1]),
        text: mine.map((index) => theme.wrapText(texts[index], 50)),
        hovertemplate: "%{text}<extra></extra>",
        marker: { color: theme.rgba(theme.prototypeColor(i), 0.65), size: 6, symbol: theme.symbolOf(i) },
      };
    }),
    layout: {
      ...theme.baseLayout({ height: 500, title: record.claim, legendTitle: "interest in" }),
      xaxis: { ...bare, title: { text: `umap 1 (no unit); trustworthiness ${trustworthiness.toFixed(2)}` } },
      yaxis: { ...bare, title: { text: "umap 2 (no unit)" } },
    },
    alt: `A map of ${points.length} statements; statements of one interest lie together.`,
    record,
  };
}

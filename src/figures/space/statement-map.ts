import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure } from "../figure.js";
import type { PlanePoints } from "./plane-points.js";
import { checkedTitle, withClaim, type CheckedWords } from "../checked-title.js";
import { subtitleOf } from "../subtitle.js";
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
  if (points.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const said = checkedTitle(wordsOf({ points, groups }));
  const names = [...new Set(groups)];
  const bare = { showticklabels: false, ticks: "" };
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
        marker: { color: theme.rgba(theme.groupColor(i), 0.65), size: 6, symbol: theme.symbolOf(i) },
      };
    }),
    layout: {
      ...theme.baseLayout({
        height: 500,
        title: said.title,
        subtitle: subtitleOf(record),
        legendTitle: "interest in",
      }),
      xaxis: theme.axis(`umap 1 (no unit); trustworthiness ${trustworthiness.toFixed(2)}`, bare),
      yaxis: theme.axis("umap 2 (no unit)", bare),
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

/** Part of the points whose nearest neighbour is of their own group from which groups lie together. */
const TOGETHER = 0.8;

function wordsOf({ points, groups }: Pick<StatementMap, "points" | "groups">): CheckedWords {
  const nearest = points.map(([x, y], i) => {
    let [least, at] = [Infinity, -1];
    points.forEach(([a, b], j) => {
      const distance = (a - x) ** 2 + (b - y) ** 2;
      if (j !== i && distance < least) [least, at] = [distance, j];
    });
    return at;
  });
  const own = nearest.filter((at, i) => groups[at] === groups[i]).length / Math.max(1, points.length);
  const what = `A map of ${points.length} statements by the meaning of their sentences, coloured by interest`;
  return {
    holds: new Set(groups).size > 1 && own >= TOGETHER,
    title: "Sentences of one interest lie together",
    alt: `${what}: of ${Math.round(100 * own)} % the nearest neighbour is of the same interest.`,
    otherwise: what,
  };
}

import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import {
  emptyFigure,
  subtitleOf,
  theme,
  type Figure,
  type PlanePoints,
  type PlotlyObject,
} from "../../figures/index.js";
import { legendTitleOf, placeOf } from "./explore-users.js";

/** Users in the plane, twice. */
export interface ExploreMaps {
  readonly pca: PlanePoints;
  readonly explained: readonly number[];
  readonly umap: PlanePoints;
  readonly trustworthiness: { readonly pca: number; readonly umap: number };
  readonly groups: readonly string[];
  readonly grouping: string;
  /** Whether the data says the groups; else they were found, and have their prototypes' colours. */
  readonly given?: boolean;
  /** A row of K weights for each user, where the groups were found: people have their types' colours mixed by weight. */
  readonly weights?: readonly (readonly number[])[];
}

/** Users by what they answered: principal components on the left, umap on the right. */
export function exploreMaps(record: FigureRecord<ExploreMaps>): Figure {
  checkIsRecord("exploreMaps: record", record);
  const nothing: ExploreMaps = {
    pca: [],
    umap: [],
    explained: [],
    trustworthiness: { pca: 0, umap: 0 },
    groups: [],
    grouping: "",
  };
  const {
    pca,
    umap,
    explained,
    trustworthiness,
    groups,
    grouping,
    given,
    weights = [],
  } = record.extra ?? nothing;
  if (groups.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const [left, right] = [theme.panelDomain(0, 2, 0.1), theme.panelDomain(1, 2, 0.1)];
  const percent = (i: number): string => `${Math.round(100 * (explained[i] ?? 0))} %`;
  const bare = { showticklabels: false, ticks: "" };
  const names = [...new Set(groups)].sort().slice(0, 8);
  const panels = [
    { points: pca, axes: { xaxis: "x", yaxis: "y" } },
    { points: umap, axes: { xaxis: "x2", yaxis: "y2" } },
  ];
  return {
    id: record.id,
    data: panels
      .flatMap(({ points, axes }, panel) =>
        names.map((name, i): PlotlyObject => {
          const mine = [...groups.keys()].filter((u) => groups[u] === name);
          return {
            ...{
              type: "scatter",
              mode: "markers",
              name: theme.plainText(name),
              legendgroup: theme.plainText(name),
              showlegend: panel === 0 && given === true,
              ...axes,
            },
            ...{ x: mine.map((u) => points[u][0]), y: mine.map((u) => points[u][1]), hoverinfo: "name" },
            marker:
              given === true
                ? { color: theme.rgba(theme.groupColor(i), 0.65), size: 6, symbol: theme.symbolOf(i) }
                : theme.peopleMarker(
                    mine.map((u) => weights[u]),
                    placeOf(name, i),
                  ),
          };
        }),
      )
      .concat(given === true ? [] : names.map((name, i) => theme.pureEntry(name, placeOf(name, i)))),
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        height: 480,
        title: record.claim,
        subtitle: subtitleOf(record),
        panels: true,
        legend: "right",
        legendTitle: legendTitleOf({ given, grouping }),
      }),
      xaxis: {
        ...theme.axis(`first component (${percent(0)} of the variance)`),
        domain: [...left],
        anchor: "y",
      },
      yaxis: { ...theme.axis(`second component (${percent(1)})`), anchor: "x" },
      xaxis2: { ...theme.axis("umap 1 (no unit)", bare), domain: [...right], anchor: "y2" },
      yaxis2: { ...theme.axis("umap 2 (no unit)", bare), anchor: "x2" },
      annotations: [
        theme.panelTitle(`PCA, trustworthiness ${trustworthiness.pca.toFixed(2)}`, left),
        theme.panelTitle(`umap, trustworthiness ${trustworthiness.umap.toFixed(2)}`, right),
      ],
    },
    alt: `Two maps of ${groups.length} users by what they answered, coloured by ${grouping}.`,
    record,
  };
}

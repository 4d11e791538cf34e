import { checkIsRecord, type FigureRecord, type Json } from "../../core/index.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import type { LatentPanel } from "./latent-space.js";
import type { PlanePoints } from "./plane-points.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { weightsInPlane } from "./weights-in-plane.js";

/** Learned ideal points of three populations under three models each. */
export interface IdealPoints {
  readonly panels: readonly (LatentPanel & {
    /** Each user's heaviest true prototype; -1 where there are none. */
    readonly groups: readonly number[];
    readonly truth: { readonly users: PlanePoints; readonly prototypes?: PlanePoints };
  })[];
}

const SIDE = 300;
const SAID = "Where users are placed: learned ideal points over the true ones, by population and K";

/** A grid of pictures: a row for each setting, a column for each K; learned ideal points over the true ones. */
export function simulationIdealPoints(record: FigureRecord<IdealPoints>): Figure {
  checkIsRecord("simulationIdealPoints: record", record);
  const { panels } = record.extra ?? { panels: [] };
  if (panels.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const settings = [...new Set(panels.map((panel) => panel.setting ?? ""))];
  const ks = [...new Set(panels.map((panel) => panel.k))];
  const axes: Record<string, Json> = {};
  const annotations: PlotlyObject[] = [];
  const traces = panels.flatMap((panel, index) => {
    const [row, column] = [settings.indexOf(panel.setting ?? ""), ks.indexOf(panel.k)];
    const [x, y] = [
      theme.panelDomain(column, ks.length, 0.03),
      theme.panelDomain(settings.length - 1 - row, settings.length, 0.09),
    ];
    const suffix = index === 0 ? "" : String(index + 1);
    const bare = theme.axis("", {
      showticklabels: false,
      ticks: "",
      range: rangeOf(panels, panel.setting ?? ""),
    });
    axes[`xaxis${suffix}`] = { ...bare, domain: [...x], anchor: theme.axisOf("y", index + 1) };
    axes[`yaxis${suffix}`] = {
      ...bare,
      ...{ domain: [...y], anchor: theme.axisOf("x", index + 1) },
      ...{ title: { text: column === 0 ? `<b>${theme.plainText(panel.setting ?? "")}</b>` : "" } },
    };
    annotations.push({
      ...theme.panelTitle(`K = ${panel.k}: accuracy ${panel.accuracy.toFixed(3)}`, x),
      y: y[1],
    });
    return panelTraces(panel, index);
  });
  const size = { width: 1080, height: SIDE * settings.length + 110 };
  return {
    id: record.id,
    data: traces,
    layout: {
      ...theme.baseLayout({
        ...size,
        title: SAID,
        subtitle: subtitleOf(record),
        panels: true,
        ...{ legend: "below", legendRows: 2 },
      }),
      ...axes,
      annotations,
    },
    alt: `Learned ideal points in the plane for ${settings.join(", ")} populations (rows) under models with K = ${ks.join(", ")} (columns), over the true ones in grey.`,
    record: { ...record, claim: SAID },
  };
}

function panelTraces(panel: IdealPoints["panels"][number], index: number): PlotlyObject[] {
  const cloud = (name: string, points: PlanePoints, marker: PlotlyObject): PlotlyObject => ({
    ...{
      type: "scatter",
      mode: "markers",
      name,
      legendgroup: name,
      hoverinfo: "skip",
      showlegend: index === 0,
    },
    ...{ xaxis: theme.axisOf("x", index + 1), yaxis: theme.axisOf("y", index + 1), marker },
    x: points.map(([x]) => x),
    y: points.map(([, y]) => y),
  });
  const kinds = [...new Set(panel.groups)].sort((a, b) => a - b);
  const { users: places, prototypes: ends = [] } = panel.truth;
  const learned = kinds.map((group) => {
    const mine = [...panel.groups.keys()].filter((i) => panel.groups[i] === group);
    const points = mine.map((i) => panel.users[i]);
    const none = { color: theme.MUTED, size: 6, opacity: 0.8, symbol: theme.symbolOf(0) };
    if (group < 0)
      return { ...cloud("learned, no true prototypes", points, none), showlegend: panel.k === 1 };
    // where all stand on one point, one colour says so
    const even = ends.map(() => 1);
    const weights = mine.map((i) => (panel.k === 1 ? even : weightsInPlane(places[i], ends)));
    return { ...cloud("learned", points, theme.peopleMarker(weights, group)), showlegend: false };
  });
  return [
    cloud("true ideal points", panel.truth.users, { color: "rgba(120,120,120,0.45)", size: 4 }),
    ...(index === 0 ? entries(panel) : []),
    ...learned,
    cloud("learned prototypes", panel.prototypes, {
      symbol: "diamond-open",
      size: 14,
      color: theme.INK,
      line: { width: 2.2 },
    }),
  ];
}

/** What the colours of users are, and those of who is all of one prototype. */
function entries({ groups, truth }: IdealPoints["panels"][number]): PlotlyObject[] {
  const k = 1 + Math.max(-1, ...groups);
  if (k === 0) return [];
  const { prototypes: ends = [] } = truth;
  const known = truth.users.every((user) => weightsInPlane(user, ends) !== undefined);
  const people = { type: "scatter", x: [null], y: [null], ...theme.peopleEntry(k, known, 20) };
  const pure = Array.from({ length: k }, (_, group) => ({
    ...{
      ...theme.pureEntry(`true prototype ${group + 1}`, group),
      legendrank: 21 + group,
      hoverinfo: "skip",
    },
  }));
  return [people, ...pure];
}

/** One range for all panels of a setting, that holds users and prototypes. */
function rangeOf(panels: IdealPoints["panels"], setting: string): [number, number] {
  const shown = panels.filter((panel) => panel.setting === setting);
  const points = shown.flatMap((panel) => [...panel.users, ...panel.truth.users, ...panel.prototypes]);
  const reach = 1.15 * Math.max(1e-6, ...points.flat().map(Math.abs));
  return [-reach, reach];
}

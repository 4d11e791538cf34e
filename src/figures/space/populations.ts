import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import type { PlanePoints } from "./plane-points.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { weightsInPlane } from "./weights-in-plane.js";

/** True ideal points of simulated populations, in the plane. */
export interface Populations {
  readonly panels: readonly {
    readonly title: string;
    readonly users: PlanePoints;
    /** Each user's heaviest prototype; -1 where there are none. */
    readonly groups: readonly number[];
    readonly prototypes: PlanePoints;
  }[];
}

/** Where the users of each population truly are: between prototypes, at prototypes, or anywhere. */
export function simulationPopulations(record: FigureRecord<Populations>): Figure {
  checkIsRecord("simulationPopulations: record", record);
  const { panels } = record.extra ?? { panels: [] };
  if (panels.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const reach =
    1.15 *
    Math.max(
      1e-6,
      ...panels.flatMap(({ users, prototypes }) => [...users, ...prototypes].flat().map(Math.abs)),
    );
  const said = "Where the users of each population truly are";
  const { axes, annotations } = theme.panelAxes({
    titles: panels.map((panel) => panel.title),
    xaxis: theme.axis("item dimension 1", { range: [-reach, reach], nticks: 5 }),
    yaxis: theme.axis("item dimension 2", { range: [-reach, reach], nticks: 5 }),
    equal: true,
  });
  return {
    id: record.id,
    data: panels.flatMap((panel, i) => panelTraces(panel, i + 1)),
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        height: 470,
        title: said,
        subtitle: subtitleOf(record),
        panels: true,
        legend: "below",
      }),
      ...axes,
      annotations,
    },
    alt: `True ideal points of simulated users in ${panels.length} panels: ${panels.map((panel) => panel.title).join("; ")}.`,
    record: { ...record, claim: said },
  };
}

function panelTraces(
  { users, groups, prototypes }: Populations["panels"][number],
  panel: number,
): PlotlyObject[] {
  const place = {
    type: "scatter",
    mode: "markers",
    xaxis: theme.axisOf("x", panel),
    yaxis: theme.axisOf("y", panel),
    hoverinfo: "skip",
  };
  const nowhere = { x: [null], y: [null] };
  const kinds = [...new Set(groups)].sort((a, b) => a - b);
  const clouds = kinds.map((group): PlotlyObject => {
    const mine = [...groups.keys()].filter((i) => groups[i] === group);
    const weights = mine.map((i) => weightsInPlane(users[i], prototypes));
    const without = { color: theme.MUTED, size: 7, opacity: 0.6, symbol: theme.symbolOf(0) };
    return {
      ...place,
      ...{
        name: group < 0 ? "users, no prototypes" : "users",
        showlegend: group < 0,
        legendrank: 10 + group,
      },
      x: mine.map((i) => users[i][0]),
      y: mine.map((i) => users[i][1]),
      marker: group < 0 ? without : theme.peopleMarker(weights, group, 7),
    };
  });
  const known = users.every((user) => weightsInPlane(user, prototypes) !== undefined);
  const entry = {
    ...place,
    ...nowhere,
    ...theme.peopleEntry(prototypes.length, known, 10),
    showlegend: panel === 1,
  };
  const crosses = prototypes.map(([x, y], k): PlotlyObject => {
    const [name, color] = [`prototype ${k + 1}`, theme.prototypeColor(k)];
    return {
      ...place,
      ...{ name, legendgroup: name, showlegend: panel === 1, legendrank: 30 + k, x: [x], y: [y] },
      marker: { symbol: "x-thin", size: 22, color, line: { color, width: 4 } },
    };
  });
  return [...crosses, ...(kinds.some((group) => group >= 0) ? [entry] : []), ...clouds];
}

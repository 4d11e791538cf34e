import {
  checkIsRecord,
  matrixLevels,
  matrixRegrets,
  mean,
  NEAR_THE_BEST,
  type FigureRecord,
  type Regret,
} from "../../core/index.js";
import { checkedTitle, withClaim } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { heatTrace } from "../heat-trace.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";

/** From here on cells are as dark as they get. */
const FAR = 0.3;
/** Where users are not asked for: what most said of the same question. */
const MAJORITY = "majority";
/** What a cell without a number says. */
const MARKS: { readonly [status: string]: string } = { refused: "×", diverged: "!" };

/**
 * How far each family is behind the best of each world: a row for each world, a column for each family, nearest first. Numbers are hundredths of a
 * nat an answer; a family that cannot take a world has a cross; a world whose best is below one reward for all is marked, as nobody is good there.
 */
export function familiesMatrix(record: FigureRecord): Figure {
  checkIsRecord("familiesMatrix: record", record);
  const found = matrixRegrets(record.rows);
  if (found.length === 0) return emptyFigure(record, "no family has a log-likelihood in any world");
  const worlds = [...new Set(found.map(({ where }) => where))];
  const failed = failuresOf(record);
  const families = inOrder(found, worlds, failed);
  const at = (world: string, family: string): Regret | undefined =>
    found.find(({ where, who }) => where === world && who === family);
  const poor = new Set(matrixLevels(record.rows).flatMap(({ where, isPoor }) => (isPoor ? [where] : [])));
  const said = wordsOf(found, { worlds, families, poor });
  const cells = worlds.flatMap((world, y) => families.map((family, x) => ({ world, family, x, y })));
  const rows = (
    of: (world: string, family: string) => string | number | null,
  ): (string | number | null)[][] => worlds.map((world) => families.map((family) => of(world, family)));
  return {
    id: record.id,
    data: [
      heatTrace(theme.prototypeColor(0), {
        ...{ x: families.map((_, x) => x), y: worlds.map((_, y) => y) },
        z: rows((world, family) => shade(at(world, family)?.mean)),
        customdata: rows((world, family) =>
          theme.plainText(about(at(world, family), failed.get(`${family} in ${world}`))),
        ),
        ...{ zmin: 0, zmax: 1, xgap: 1, ygap: 1 },
        hovertemplate: "%{customdata}<extra></extra>",
      }),
    ],
    layout: {
      ...theme.baseLayout({
        title: said.title,
        subtitle: subtitleOf(record),
        legend: "none",
        height: 260 + 24 * worlds.length,
      }),
      xaxis: theme.axis("", {
        ...{ tickvals: families.map((_, x) => x), ticktext: families.map(theme.plainText), tickangle: -90 },
        ...{ range: [-0.5, families.length - 0.5], showgrid: false, ticks: "" },
      }),
      yaxis: theme.axis("", {
        ...{
          tickvals: worlds.map((_, y) => y),
          ticktext: worlds.map((world) => theme.plainText(poor.has(world) ? `${world} (none good)` : world)),
        },
        ...{ range: [worlds.length - 0.5, -0.5], showgrid: false, ticks: "" },
      }),
      plot_bgcolor: "#EEEEEE",
      annotations: cells.map(({ world, family, x, y }) =>
        cellText(at(world, family), { x, y }, failed.get(`${family} in ${world}`)),
      ),
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

/** What befell a family in a world, from the rows that say so: `status: reason`, by `family in world`. */
function failuresOf({ rows }: FigureRecord): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { settings = {} } of rows)
    for (const status of Object.keys(MARKS))
      for (const line of String(settings[status] ?? "").split("\n")) {
        const [family, ...reason] = line.split(": ");
        if (family !== "") found.set(`${family} in ${settings.world}`, `${status}: ${reason.join(": ")}`);
      }
  return found;
}

/** Families that take half of the worlds or more, by their mean regret; then the others. */
function inOrder(
  found: readonly Regret[],
  worlds: readonly string[],
  failed: ReadonlyMap<string, string>,
): string[] {
  const refused = [...failed.keys()].map((key) => key.slice(0, key.indexOf(" in ")));
  const families = [...new Set([...found.map(({ who }) => who), ...refused])];
  const rank = (family: string): number => {
    const own = found.filter(({ who }) => who === family);
    if (own.length === 0) return Infinity;
    return mean(own.map((each) => each.mean)) + (takesMost(own, worlds) ? 0 : 1000);
  };
  return families
    .map((family) => ({ family, by: rank(family) }))
    .sort((a, b) => a.by - b.by)
    .map(({ family }) => family);
}

function takesMost(own: readonly Regret[], worlds: readonly string[]): boolean {
  return own.length >= worlds.length / 2;
}

interface Shown {
  readonly worlds: readonly string[];
  readonly families: readonly string[];
  /** Worlds where even the best is below one reward for all. */
  readonly poor: ReadonlySet<string>;
}

function wordsOf(found: readonly Regret[], { worlds, families, poor }: Shown) {
  const usual = families
    .map((family) => found.filter(({ who }) => who === family))
    .filter((own) => own.length > 0 && takesMost(own, worlds) && own[0].who !== MAJORITY);
  const worst = usual
    .map((own) => own.reduce((a, b) => (b.mean > a.mean ? b : a)))
    .sort((a, b) => a.mean - b.mean);
  const [least] = worst;
  const best = found.filter(({ isBest }) => isBest);
  const winners = best
    .map(({ where, who }) =>
      poor.has(where)
        ? `${where}: ${who}, but nobody who ran is good there: the truest single reward for all is better`
        : `${where}: ${who}`,
    )
    .join("; ");
  const judged = families.filter((family) => family !== MAJORITY).length;
  const beside = judged < families.length ? " and what most said" : "";
  const numbers = `Regret in nats an answer of ${judged} families${beside} in ${worlds.length} worlds. Best by world: ${winners}.`;
  return checkedTitle({
    holds: least !== undefined && worlds.length > 1 && least.low > NEAR_THE_BEST,
    title: `Who fits depends on how people differ: even ${least?.who ?? ""}, the least bad at its worst, is ${(least?.mean ?? 0).toFixed(2)} nats an answer behind in ${least?.where ?? ""}`,
    alt: `${numbers} At its worst each is behind by: ${worst.map(({ who, where, mean: most }) => `${who} ${most.toFixed(2)} (${where})`).join(", ")}.`,
    otherwise: "How far each family is behind the best of each world, in hundredths of a nat an answer",
    altOtherwise: numbers,
  });
}

/** Square root: what is near the best is told apart, too. */
function shade(regret: number | undefined): number | null {
  return regret === undefined ? null : Number(Math.sqrt(Math.min(1, regret / FAR)).toFixed(4));
}

function about(regret: Regret | undefined, failure = "not run"): string {
  if (regret === undefined) return failure;
  const { who, where, mean: centre, low, high, n, isBest } = regret;
  if (isBest) return `${who} in ${where}: best`;
  const interval = n > 1 ? `, ${low.toFixed(3)} to ${high.toFixed(3)}` : "";
  return `${who} in ${where}: ${centre.toFixed(3)} nats behind${interval}`;
}

function cellText(
  regret: Regret | undefined,
  place: { readonly x: number; readonly y: number },
  failure = "",
): PlotlyObject {
  const mark = MARKS[failure.slice(0, failure.indexOf(":"))] ?? "";
  const hundredths = regret === undefined ? mark : String(Math.round(100 * regret.mean));
  const isSame = regret !== undefined && (regret.isBest || (regret.n > 1 && regret.low <= 0));
  return {
    ...{ ...place, showarrow: false, text: isSame ? `<b>${hundredths}</b>` : hundredths },
    font: { size: 12, color: (shade(regret?.mean) ?? 0) > 0.8 ? "#FFFFFF" : theme.INK },
  };
}

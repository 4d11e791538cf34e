import { checkIsRecord, tInterval, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure } from "../figure.js";
import * as theme from "../theme/index.js";
import { grouped } from "./grouped.js";

const [INFERRED, TAKEN] = ["belief inferred", "belief taken for right"];
/** From here on the direction of weights counts as recovered; and so much lower is seen at a glance. */
const [RECOVERED, SEEN] = [0.95, 0.05];

const believedBy = (row: RecordRow): number => Number(row.settings?.believed ?? NaN);

/** How well a rater's weights are recovered, by what they wrongly believe: with the belief inferred, and taken for right. */
export function believedCosine(record: FigureRecord): Figure {
  checkIsRecord("believedCosine: record", record);
  const slips = [...new Set(record.rows.map(believedBy))].filter(Number.isFinite).sort((a, b) => a - b);
  if (slips.length === 0) return emptyFigure(record);
  const cosines = (method: string, believed: number): number[] =>
    record.rows.flatMap((row) =>
      row.method === method && believedBy(row) === believed ? (row.measures?.cosine ?? []) : [],
    );
  const mean = (method: string, believed: number): number => meanOf(cosines(method, believed));
  const biased = slips.filter((slip) => slip > 0);
  const most = slips[slips.length - 1];
  const words = slips
    .map((slip) => `${slip}: ${shown(mean(INFERRED, slip))} and ${shown(mean(TAKEN, slip))}`)
    .join("; ");
  const said = checkedTitle({
    holds:
      biased.every((slip) => mean(INFERRED, slip) >= RECOVERED) &&
      mean(INFERRED, most) - mean(TAKEN, most) >= SEEN &&
      biased.every((slip, i) => i === 0 || mean(TAKEN, slip) < mean(TAKEN, biased[i - 1])),
    title: "With the belief inferred, values are recovered; taken for right, the less the more it is biased",
    alt: `Cosine of recovered and true weights by believed chance to slip, belief inferred and taken for right: ${words}.`,
    otherwise: "Cosine of recovered and true weights, by what the rater believes",
  });
  const all = slips.flatMap((slip) => [...cosines(INFERRED, slip), ...cosines(TAKEN, slip)]);
  return grouped({
    ...{ record, said, places: slips.map(String) },
    xTitle: "chance to slip that the rater believes in (in truth nothing slips)",
    yTitle: "cosine of recovered and true weights",
    range: [Math.floor(10 * Math.min(0.9, ...all)) / 10 - 0.02, 1.03],
    series: [INFERRED, TAKEN].map((method) => ({
      name: method,
      rows: record.rows.filter((row) => row.method === method),
      x: (row) => slips.indexOf(believedBy(row)),
      y: (row) => row.measures?.cosine,
    })),
  });
}

const [NOTHING, BELIEFS, TASTES] = ["nothing differs", "beliefs differ", "tastes differ"];
/** How much better held-out ratings of PAL's clusters are explained by beliefs of their own than by tastes of their own. */
export function beliefOrTaste(record: FigureRecord): Figure {
  checkIsRecord("beliefOrTaste: record", record);
  const populations = (["beliefs", "tastes"] as const).filter((name) =>
    record.rows.some((row) => row.settings?.population === name),
  );
  if (populations.length === 0) return emptyFigure(record);
  const natsOf = (method: string, population: string): ReadonlyMap<number, number> =>
    new Map(
      record.rows.flatMap((row) =>
        row.method === method && row.settings?.population === population && row.measures?.nats !== undefined
          ? [[row.seed, row.measures.nats]]
          : [],
      ),
    );
  const gains = (method: string, population: string): { seed: number; gain: number }[] => {
    const plain = natsOf(NOTHING, population);
    return [...natsOf(method, population)].flatMap(([seed, nats]) => {
      const before = plain.get(seed);
      return before === undefined ? [] : [{ seed, gain: nats - before }];
    });
  };
  /** How much more of the ratings beliefs explain than tastes, run by run. */
  const leads = populations.map((population) => {
    const other = new Map(gains(TASTES, population).map(({ seed, gain }) => [seed, gain]));
    return gains(BELIEFS, population).flatMap(({ seed, gain }) => {
      const less = other.get(seed);
      return less === undefined ? [] : [{ seed, lead: gain - less }];
    });
  });
  const words = populations.map(
    (population) =>
      `where ${population} differ, ${[BELIEFS, TASTES].map((method) => `"${method}" ${shown(meanOf(gains(method, population).map(({ gain }) => gain)))}`).join(" and ")}`,
  );
  const said = checkedTitle({
    holds:
      populations.length === 2 &&
      leads.every((runs, k) => {
        const sign = populations[k] === "beliefs" ? 1 : -1;
        return runs.length > 1 && tInterval(runs.map(({ lead }) => sign * lead)).low > 0;
      }),
    title: "What PAL's clusters differ in is what explains their ratings better",
    alt: `Nats a held-out rating gained over "${NOTHING}": ${words.join("; ")}.`,
    otherwise: "How much better beliefs explain held-out ratings of PAL's clusters than tastes",
  });
  return grouped({
    ...{ record, said, places: populations.map((population) => `${population} differ`) },
    xTitle: "what is true of the people",
    yTitle: "nats a rating, beliefs over tastes",
    series: [
      {
        name: "beliefs of each cluster's own, over tastes of its own",
        rows: leads.flatMap((runs, k) =>
          runs.map(({ seed, lead }): RecordRow => ({ seed, split: "seen", accuracy: lead, k })),
        ),
        x: (row) => row.k,
        y: (row) => row.accuracy,
      },
    ],
    marks: theme.marks(theme.chanceLine({ y: 0, label: "both explain as much", side: "right" })),
  });
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? NaN : tInterval(values).mean;
}

function shown(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : "not measured";
}

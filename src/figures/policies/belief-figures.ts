import { checkIsRecord, tInterval, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure } from "../figure.js";
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
  const most = slips[slips.length - 1];
  const words = slips
    .map((slip) => `${slip}: ${shown(mean(INFERRED, slip))} and ${shown(mean(TAKEN, slip))}`)
    .join("; ");
  const said = checkedTitle({
    holds:
      slips.every((slip) => slip === 0 || mean(INFERRED, slip) >= RECOVERED) &&
      mean(INFERRED, most) - mean(TAKEN, most) >= SEEN,
    title:
      "With the belief inferred, values are recovered whatever the rater believes; taken for right, they are not",
    alt: `Cosine of recovered and true weights by believed chance to slip, belief inferred and taken for right: ${words}.`,
    otherwise: "Cosine of recovered and true weights, by what the rater believes",
  });
  const all = slips.flatMap((slip) => [...cosines(INFERRED, slip), ...cosines(TAKEN, slip)]);
  return grouped({
    ...{ record, said, places: slips.map(String) },
    xTitle: "chance to slip that the rater believes in (in truth nothing slips)",
    yTitle: "cosine of recovered and true weights",
    range: [Math.min(0.6, ...all) - 0.02, 1.02],
    series: [INFERRED, TAKEN].map((method) => ({
      name: method,
      rows: record.rows.filter((row) => row.method === method),
      x: (row) => slips.indexOf(believedBy(row)),
      y: (row) => row.measures?.cosine,
    })),
  });
}

const [NOTHING, BELIEFS, TASTES] = ["nothing differs", "beliefs differ", "tastes differ"];
/** What people differ in, and what explains it. */
const TRUE_TO = { beliefs: BELIEFS, tastes: TASTES } as const;

/** How much better held-out ratings of PAL's clusters are told by beliefs of their own, and by tastes of their own. */
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
  const lead = (population: (typeof populations)[number]): number[] => {
    const [own, other] = [TRUE_TO[population], population === "beliefs" ? TASTES : BELIEFS].map((method) =>
      gains(method, population),
    );
    return own.map(({ gain }, i) => gain - (other.at(i)?.gain ?? NaN));
  };
  const words = populations.map(
    (population) =>
      `where ${population} differ, ${[BELIEFS, TASTES].map((method) => `"${method}" ${shown(meanOf(gains(method, population).map(({ gain }) => gain)))}`).join(" and ")}`,
  );
  const said = checkedTitle({
    holds:
      populations.length === 2 &&
      populations.every((population) => {
        const leads = lead(population);
        return leads.length > 1 && tInterval(leads).low > 0;
      }),
    title: "What PAL's clusters differ in is what explains their ratings better",
    alt: `Nats a held-out rating gained over "${NOTHING}": ${words.join("; ")}.`,
    otherwise: "How much better two explanations tell held-out ratings of PAL's clusters",
  });
  const rows = [BELIEFS, TASTES].map((method) =>
    populations.flatMap((population, k) =>
      gains(method, population).map(({ seed, gain }): RecordRow => ({
        seed,
        split: "seen",
        accuracy: gain,
        k,
        method,
      })),
    ),
  );
  return grouped({
    ...{ record, said, places: populations.map((population) => `${population} differ`) },
    ...{ xTitle: "what is true of the people", yTitle: "nats a rating over “nothing differs”" },
    series: [BELIEFS, TASTES].map((method, i) => ({
      ...{ name: `explained by: ${method}`, rows: rows[i] },
      x: (row) => row.k,
      y: (row) => row.accuracy,
    })),
  });
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? NaN : tInterval(values).mean;
}

function shown(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : "not measured";
}

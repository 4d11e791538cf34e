import {
  matrixRegrets,
  mean,
  NEAR_THE_BEST,
  tInterval,
  type FigureRecord,
  type Regret,
} from "../../../core/index.js";
import { outcome, type Claim, type ClaimOutcome } from "../parts/claim.js";

/** The world that is true to what a family assumes. */
export const HOMES: { readonly [family: string]: string } = {
  "bradley-terry": "nobody-differs",
  dpl: "nobody-differs",
  "factor-model": "continuum",
  gpo: "didactic",
  "latent-classes": "classes",
  lore: "low-rank",
  maxmin: "two-opposed",
  "mixed-bradley-terry": "tastes",
  "p-ttt": "tastes",
  "pal-a": "ideal-points",
  "pal-b": "persona",
  "pal-items": "opinions",
  "pal-linear": "low-rank",
  spl: "didactic",
  "types-with-tastes": "own-tastes",
  vpl: "didactic",
};

const ONE_REWARD = "bradley-terry";
const FIGURE = "families-matrix";
const OURS = "not a claim of a paper";
/** Nats an answer. */
const NOTHING = 0.003;
const LEVEL = 0.05;

/** What the matrix of worlds and families must show. */
export const MATRIX_CLAIMS: readonly Claim[] = (
  [
    {
      source: "Families side by side",
      claim: "Each family is near the best in the world that is made for it",
      criterion: "regret at most 0.02 nats an answer in the mean, for every family whose own world was run",
      missed:
        "64 users train with 18 answers each, which networks, and weights without a belief about people, use less well than the best; latent classes see features that tell nothing, and no ids",
      check: checkHomes,
    },
    {
      source: "Families side by side",
      claim: "Where nobody differs, one reward for all loses nothing",
      criterion: "Bradley-Terry's regret at most 0.003 nats an answer in the mean",
      check: checkNobody,
    },
    {
      source: "Families side by side",
      claim: "Nobody predicts better than who knows everybody, nor new users better than exact Bayes",
      criterion:
        "no family's mean difference over worlds is above 0 after Holm over families, nor any difference after Holm over families and worlds (level 0.05 each)",
      check: checkCeilings,
    },
    {
      ...{ source: "Families side by side", figure: "families-few-shot" },
      claim:
        "However many answers new users gave, no family predicts them better than exact Bayes of the same answers",
      criterion:
        "after Holm over families, worlds and numbers of answers no difference of log-likelihoods is above 0, nor any family's mean over them (level 0.05 each)",
      check: checkFewShot,
    },
  ] satisfies readonly Partial<Claim>[]
).map((claim) => ({ figure: FIGURE, ...claim, of: "families", paper: OURS }));

function checkHomes(record: FigureRecord): ClaimOutcome {
  const found = matrixRegrets(record.rows);
  const worlds = new Set(found.map(({ where }) => where));
  const homes = Object.entries(HOMES);
  const own = homes
    .filter(([, world]) => worlds.has(world))
    .map(([family, world]): Regret => {
      const regret = found.find(({ who, where }) => who === family && where === world);
      if (regret === undefined) throw new Error(`${record.id} has no ${family} in ${world}`);
      return regret;
    });
  if (own.length === 0) throw new Error(`${record.id} has no world that is made for a family`);
  const words = [
    ...own.map(
      ({ who, where, mean, low, high }) =>
        `${who} in ${where} ${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
    ),
    ...homes
      .filter(([, world]) => !worlds.has(world))
      .map(([family, world]) => `${family} not run in ${world}`),
  ];
  return outcome(
    own.every(({ mean }) => mean <= NEAR_THE_BEST),
    words.join("; "),
  );
}

function checkNobody(record: FigureRecord): ClaimOutcome {
  const found = matrixRegrets(record.rows).find(
    ({ who, where }) => who === ONE_REWARD && where === HOMES[ONE_REWARD],
  );
  if (found === undefined) throw new Error(`${record.id} has no bradley-terry in nobody-differs`);
  const { mean, low, high } = found;
  return outcome(mean <= NOTHING, `${mean.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`);
}

/** Differences to a ceiling, by seed. */
type BySeed = ReadonlyMap<number, readonly number[]>;

/**
 * A leak in a single world must be very steady to be seen among hundreds of tests of few seeds; one in many worlds is seen in a family's mean over worlds,
 * unless what the family loses elsewhere hides it.
 */
function checkCeilings({ id, rows }: FigureRecord): ClaimOutcome {
  const ceilings = new Map(
    rows.flatMap(({ settings, seed, measures }) =>
      measures?.oracleNats === undefined ? [] : [[`${settings?.world} ${seed}`, measures] as const],
    ),
  );
  const pairs = [
    ["nats", "oracleNats", "seen"],
    ["newNats", "bayesNats", "new"],
  ] as const;
  const families = new Map<string, Map<number, number[]>>();
  const cells = new Map<string, Map<number, number[]>>();
  for (const { settings = {}, seed, measures } of rows)
    for (const [own, top, users] of pairs) {
      const [value, ceiling] = [measures?.[own], ceilings.get(`${settings.world} ${seed}`)?.[top]];
      if (value === undefined || ceiling === undefined) continue;
      const { family, world } = settings;
      put(families, `${family}, ${users}`, [seed, value - ceiling]);
      put(cells, `${family} in ${world}, ${users}`, [seed, value - ceiling]);
    }
  return belowCeilings(id, { families, cells, over: "worlds" });
}

function checkFewShot({ id, rows }: FigureRecord): ClaimOutcome {
  const families = new Map<string, Map<number, number[]>>();
  const cells = new Map<string, Map<number, number[]>>();
  for (const { settings = {}, seed, newComparisonsPerUser, measures } of rows) {
    const { nats, bayesNats } = measures ?? {};
    if (nats === undefined || bayesNats === undefined) continue;
    const { family, world } = settings;
    put(families, String(family), [seed, nats - bayesNats]);
    put(cells, `${family} in ${world} after ${newComparisonsPerUser}`, [seed, nats - bayesNats]);
  }
  return belowCeilings(id, { families, cells, over: "worlds and numbers of answers" });
}

interface Differences {
  readonly families: ReadonlyMap<string, BySeed>;
  readonly cells: ReadonlyMap<string, BySeed>;
  /** What a family's mean is over. */
  readonly over: string;
}

function belowCeilings(id: string, { families, cells, over }: Differences): ClaimOutcome {
  const [overall, single] = [families, cells].map((differences) => surelyAbove(id, differences));
  const words = ({ tests, above }: Above, what: string): string =>
    `${tests} ${what}, ${above.length === 0 ? "none above 0" : `above 0: ${above.join(", ")}`}`;
  return outcome(
    overall.above.length === 0 && single.above.length === 0,
    [
      words(overall, `means over ${over}`),
      words(single, "single differences"),
      `weak: of ${single.seeds} seeds a single difference is found only where it is above ${single.needs.toFixed(1)} standard errors, a mean above ${overall.needs.toFixed(1)}, and a mean hides a leak that is smaller than what is lost elsewhere`,
    ].join("; "),
  );
}

function put(into: Map<string, Map<number, number[]>>, key: string, [seed, value]: [number, number]): void {
  const seeds = into.get(key) ?? new Map<number, number[]>();
  into.set(key, seeds.set(seed, [...(seeds.get(seed) ?? []), value]));
}

interface Above {
  readonly tests: number;
  readonly above: readonly string[];
  /** Most seeds of a test, and how many standard errors above 0 something must be with so many. */
  readonly seeds: number;
  readonly needs: number;
}

/** Holm's method rejects something if and only if the surest of m differences is sure at a level of 0.05 / m. */
function surelyAbove(id: string, differences: ReadonlyMap<string, BySeed>): Above {
  const tested = [...differences]
    .map(([key, seeds]) => [key, [...seeds.values()].map((values) => mean(values))] as const)
    .filter(([, values]) => values.length > 1);
  if (tested.length === 0) throw new Error(`${id} has no ceilings of two seeds or more`);
  const level = 1 - LEVEL / tested.length;
  const seeds = Math.max(...tested.map(([, values]) => values.length));
  const spread = Array.from({ length: seeds }, (_, i) => i);
  const [{ high, low }, error] = [tInterval(spread, level), Math.sqrt((seeds + 1) / 12)];
  return {
    ...{ tests: tested.length, seeds, needs: (high - low) / 2 / error },
    above: tested.filter(([, values]) => tInterval(values, level).low > 0).map(([key]) => key),
  };
}

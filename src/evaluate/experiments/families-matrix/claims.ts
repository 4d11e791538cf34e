import { matrixRegrets, tInterval, type FigureRecord, type Regret } from "../../../core/index.js";
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

const FIGURE = "families-matrix";
const OURS = "not a claim of a paper";
/** Nats an answer. */
const [NEAR, NOTHING] = [0.02, 0.003];

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
      criterion: "after Holm over all families and worlds no difference to either is above 0 (level 0.05)",
      check: checkCeilings,
    },
  ] satisfies readonly Partial<Claim>[]
).map((claim) => ({ ...claim, of: "families", figure: FIGURE, paper: OURS }));

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
    own.every(({ mean }) => mean <= NEAR),
    words.join("; "),
  );
}

function checkNobody(record: FigureRecord): ClaimOutcome {
  const found = matrixRegrets(record.rows).find(
    ({ who, where }) => who === "bradley-terry" && where === "nobody-differs",
  );
  if (found === undefined) throw new Error(`${record.id} has no bradley-terry in nobody-differs`);
  const { mean, low, high } = found;
  return outcome(mean <= NOTHING, `${mean.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`);
}

/** Holm's method rejects something if and only if the surest of m differences is sure at a level of 0.05 / m. */
function checkCeilings({ id, rows }: FigureRecord): ClaimOutcome {
  const ceilings = new Map(
    rows.flatMap(({ settings, seed, measures }) =>
      measures?.oracleNats === undefined ? [] : [[`${settings?.world} ${seed}`, measures] as const],
    ),
  );
  const pairs = [
    ["nats", "oracleNats"],
    ["newNats", "bayesNats"],
  ] as const;
  const differences = new Map<string, number[]>();
  for (const { settings = {}, seed, measures } of rows)
    for (const [own, top] of pairs) {
      const [value, ceiling] = [measures?.[own], ceilings.get(`${settings.world} ${seed}`)?.[top]];
      if (value === undefined || ceiling === undefined) continue;
      const key = `${settings.family} in ${settings.world}, ${own === "nats" ? "seen" : "new"}`;
      differences.set(key, [...(differences.get(key) ?? []), value - ceiling]);
    }
  const tested = [...differences].filter(([, values]) => values.length > 1);
  if (tested.length === 0) throw new Error(`${id} has no ceilings of two seeds or more`);
  const above = tested.filter(([, values]) => tInterval(values, 1 - 0.05 / tested.length).low > 0);
  return outcome(
    above.length === 0,
    `${tested.length} differences, ${above.length === 0 ? "none above 0" : `above 0: ${above.map(([key]) => key).join(", ")}`}`,
  );
}

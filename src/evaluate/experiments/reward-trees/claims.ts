import { tInterval, type FigureRecord, type RecordRow } from "../../../core/index.js";
import { CART_POLE_VARIABLES } from "../../../data/worlds/index.js";
import { outcome, type Claim, type ClaimOutcome } from "../parts/claim.js";

/** Claims about rewards that can be read. Goals are ours: nobody has measured them before. */
export const TREE_CLAIMS: readonly Claim[] = (
  [
    {
      claim: "A policy made for a learned tree earns nearly what one made for the true reward earns",
      criterion: "soft output, cart with a pole: at least 0.9 of the true reward's policy in every run",
      figure: "tree-returns",
      paper: "as good as a network's reward [paper]; 0.9 [goal, ours]",
      check: checkReturns,
    },
    {
      claim: "Soft outputs make better policies than hard ones",
      criterion: "soft above hard by more than the interval over runs, IL and CRL leaves, digits 0-3 and 0-9",
      figure: "tree-returns",
      missed:
        "IL leaves and digits 0-3: some hard trees are as good as soft ones, others put two digits into one leaf, and five runs do not tell",
      paper: "soft better for policies, hard better to read [paper]",
      check: checkSoft,
    },
    {
      claim: "A reward that depends on the wrong variable is seen before any policy",
      criterion:
        "in every run the root's largest weight is on cart position where answers are about the track alone, and on pole angle where they are about both",
      figure: "tree-planes",
      paper: "a tree shows misalignment [paper]; 5 of 5 [goal, ours]",
      check: checkRoots,
    },
    {
      claim: "A tree for each prototype shows which group cares for which variable",
      criterion:
        "in every run each group has a prototype of its own, whose root's largest weight is on the variable that the group cares for",
      figure: "tree-prototypes",
      paper: "not known, nobody has trees for prototypes; 5 of 5 [goal, ours]",
      check: checkPrototypes,
    },
  ] as const
).map((claim) => ({ ...claim, source: "Reward trees", of: "trees" }));

function rowsOf(record: FigureRecord, is: (row: RecordRow) => boolean, what: string): readonly RecordRow[] {
  const found = record.rows.filter(is);
  if (found.length === 0) throw new Error(`${record.id} has no rows of ${what}`);
  return found;
}

function shares(record: FigureRecord, method: string, digits?: number): number[] {
  return rowsOf(record, (row) => row.method === method && row.k === digits, method).map(
    (row) => row.measures?.share ?? NaN,
  );
}

function text(values: readonly number[]): string {
  const { mean, high } = tInterval(values);
  return `${mean.toFixed(3)} ± ${(high - mean).toFixed(3)}`;
}

function checkReturns(record: FigureRecord): ClaimOutcome {
  const found = shares(record, "tree, soft");
  const least = Math.min(...found);
  return outcome(
    least >= 0.9,
    `${text(found)}, least ${least.toFixed(3)}; hard ${text(shares(record, "tree, hard"))}; tree of the track alone ${text(shares(record, "track alone, soft"))}`,
  );
}

function checkSoft(record: FigureRecord): ClaimOutcome {
  const cases = [4, 10].flatMap((digits) => ["IL", "CRL"].map((leaves) => ({ digits, leaves })));
  const found = cases.map(({ digits, leaves }) => {
    const [soft, hard] = ["soft", "hard"].map((output) => shares(record, `${leaves}, ${output}`, digits));
    const gap = tInterval(soft.map((value, run) => value - hard[run]));
    const words = `${leaves}, digits 0-${digits - 1}: soft ${text(soft)}, hard ${text(hard)}`;
    return { isMore: gap.low > 0, words };
  });
  return outcome(
    found.every(({ isMore }) => isMore),
    found.map(({ words }) => words).join("; "),
  );
}

function nameOf(variable: number | undefined): string {
  return CART_POLE_VARIABLES[variable ?? -1] ?? "none";
}

function checkRoots(record: FigureRecord): ClaimOutcome {
  const found = (["track alone, soft", "tree, soft"] as const).map((method, i) => {
    const wanted = i === 0 ? "cart position" : "pole angle";
    const rows = rowsOf(record, (row) => row.method === method, method);
    const right = rows.filter((row) => nameOf(row.measures?.root) === wanted).length;
    const asked = i === 0 ? "asked for the track alone" : "asked for both";
    return { isAll: right === rows.length, words: `${asked}: ${wanted} in ${right} of ${rows.length}` };
  });
  return outcome(
    found.every(({ isAll }) => isAll),
    found.map(({ words }) => words).join("; "),
  );
}

function checkPrototypes(record: FigureRecord): ClaimOutcome {
  const rows = rowsOf(record, (row) => row.k === 2, "two prototypes");
  const seeds = [...new Set(rows.map(({ seed }) => seed))];
  const isRecovered = (seed: number): boolean => {
    const own = rows.filter((row) => row.seed === seed);
    const prototypes = new Set(own.map((row) => row.measures?.prototype));
    return (
      prototypes.size === own.length && own.every(({ measures = {} }) => measures.root === measures.wanted)
    );
  };
  const recovered = seeds.filter((seed) => isRecovered(seed)).length;
  const of = (k: number, group: string): string =>
    text(rowsOf(record, (row) => row.k === k && row.group === group, group).map((row) => row.accuracy));
  const groups = [...new Set(rows.map(({ group = "" }) => group))];
  return outcome(
    recovered === seeds.length,
    `${recovered} of ${seeds.length}; accuracy ${groups.map((group) => `${group} ${of(2, group)} (one tree ${of(1, group)})`).join(", ")}`,
  );
}

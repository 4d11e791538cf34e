import { tInterval, type FigureRecord, type Interval, type RecordRow } from "../../../core/index.js";
import { outcome, type Claim, type ClaimOutcome } from "../parts/claim.js";

const ABSTRACT = "recovers true preferences under biased beliefs [abstract]; our grid, 200 ratings [goal]";

/** Claims about people with the same values and other beliefs; the paper's full text was not to be had, the world is ours. */
export const BELIEF_CLAIMS: readonly Claim[] = (
  [
    {
      source: "GeReL",
      claim: "Where the rater's belief is biased, inferring it recovers what they value",
      criterion:
        "mean cosine of recovered and true weights at least 0.95 at each biased belief, from 200 ratings",
      figure: "believed-cosine",
      paper: ABSTRACT,
      check: checkRecovered,
    },
    {
      source: "GeReL",
      claim: "Taking the belief for right recovers it less well",
      criterion:
        "cosine lower by at least 0.05 in the mean over biased beliefs, and by more than the interval over runs; at the largest bias flowers seem disliked in every run whose rater likes them",
      figure: "believed-cosine",
      paper: "methods that assume correct beliefs can invert preferences [abstract]",
      check: checkTaken,
    },
    {
      source: "Same values, other beliefs",
      claim: "PAL takes two beliefs for two clusters",
      criterion: "K = 2 chosen in every run, clusters like the true kinds (adjusted Rand index at least 0.9)",
      figure: "belief-or-taste",
      paper: "not a claim of a paper",
      check: checkClusters,
    },
    {
      source: "Same values, other beliefs",
      claim: "Whether clusters differ in beliefs or in tastes, their ratings tell",
      criterion:
        "held-out ratings predicted better by what truly differs, in both populations, by more than the interval",
      figure: "belief-or-taste",
      paper: "not a claim of a paper",
      check: checkExplained,
    },
    {
      source: "Same values, other beliefs",
      claim: "Once everybody was shown that nothing slips, beliefs differ no more, and tastes still do",
      criterion:
        "score test at 0.05 after that: tastes found in every population, beliefs in at most a tenth (chance alone finds a twentieth; the bound was set after a first run)",
      figure: "belief-or-taste",
      paper: "not a claim of a paper",
      check: checkShown,
    },
  ] as const
).map((claim) => ({ ...claim, of: "policies" }));

const [INFERRED, TAKEN] = ["belief inferred", "belief taken for right"];

function rowsOf(record: FigureRecord, method: string, key: string, value: string | number): RecordRow[] {
  const found = record.rows.filter((row) => row.method === method && row.settings?.[key] === value);
  if (found.length === 0) throw new Error(`${record.id} has no rows of ${method} where ${key} is ${value}`);
  return found;
}

function measured(rows: readonly RecordRow[], name: string): number[] {
  return rows.map((row) => row.measures?.[name] ?? NaN);
}

function biases(record: FigureRecord): number[] {
  const found = new Set(record.rows.map((row) => Number(row.settings?.believed)));
  return [...found].filter((believed) => believed > 0).sort((a, b) => a - b);
}

function text({ mean, high }: Interval): string {
  return `${mean.toFixed(3)} ± ${(high - mean).toFixed(3)}`;
}

function cosines(record: FigureRecord, method: string, believed: number): number[] {
  return measured(rowsOf(record, method, "believed", believed), "cosine");
}

function checkRecovered(record: FigureRecord): ClaimOutcome {
  const found = biases(record).map((believed) => ({
    believed,
    interval: tInterval(cosines(record, INFERRED, believed)),
  }));
  return outcome(
    found.length > 0 && found.every(({ interval }) => interval.mean >= 0.95),
    found.map(({ believed, interval }) => `believes ${believed}: ${text(interval)}`).join("; "),
  );
}

function checkTaken(record: FigureRecord): ClaimOutcome {
  const all = biases(record);
  const by = all.map((believed) => {
    const taken = cosines(record, TAKEN, believed);
    return cosines(record, INFERRED, believed).map((cosine, run) => cosine - taken[run]);
  });
  const lead = tInterval(by[0].map((_, run) => by.reduce((sum, each) => sum + each[run] / by.length, 0)));
  const most = all[all.length - 1];
  const liking = rowsOf(record, TAKEN, "believed", most).filter(
    ({ measures }) => (measures?.likedFlowers ?? NaN) > 0,
  );
  const inverted = measured(liking, "flowers").filter((weight) => weight < 0).length;
  return outcome(
    lead.mean >= 0.05 && lead.low > 0 && liking.length > 0 && inverted === liking.length,
    `${text(lead)} lower; ${all.map((believed) => `believes ${believed}: ${text(tInterval(cosines(record, TAKEN, believed)))}`).join("; ")}; at ${most} flowers seem disliked in ${inverted} of ${liking.length} runs whose rater likes them`,
  );
}

function checkClusters(record: FigureRecord): ClaimOutcome {
  const rows = rowsOf(record, "PAL-A", "population", "beliefs");
  const likeness = measured(rows, "likeness");
  return outcome(
    rows.every(({ k }) => k === 2) && likeness.every((value) => value >= 0.9),
    `K = ${rows.map(({ k }) => k).join(", ")}; likeness at least ${Math.min(...likeness).toFixed(2)}`,
  );
}

function checkExplained(record: FigureRecord): ClaimOutcome {
  const found = (["beliefs", "tastes"] as const).map((population) => {
    const nats = (what: string): number[] =>
      measured(rowsOf(record, `${what} differ`, "population", population), "nats");
    const other = nats(population === "beliefs" ? "tastes" : "beliefs");
    return { population, lead: tInterval(nats(population).map((value, run) => value - other[run])) };
  });
  return outcome(
    found.every(({ lead }) => lead.low > 0),
    found
      .map(
        ({ population, lead }) => `${population} differ: ${text(lead)} nats a rating better than the other`,
      )
      .join("; "),
  );
}

function checkShown(record: FigureRecord): ClaimOutcome {
  const [beliefs, tastes] = ["beliefs", "tastes"].map((population) => {
    const values = rowsOf(record, "PAL-A", "population", population).flatMap(
      ({ series }) => series?.pAfterShown ?? [],
    );
    return { found: values.filter((p) => p <= 0.05).length, of: values.length };
  });
  return outcome(
    tastes.of > 0 && tastes.found === tastes.of && beliefs.found <= beliefs.of / 10,
    `tastes found in ${tastes.found} of ${tastes.of}, beliefs in ${beliefs.found} of ${beliefs.of}, ${beliefs.of / 20} of them expected by chance`,
  );
}

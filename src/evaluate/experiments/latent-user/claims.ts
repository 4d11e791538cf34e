import { mean, rowsWhere, tInterval, type FigureRecord, type RecordRow } from "../../../core/index.js";
import { accuracyAt, notRun, outcome, shown, type Claim, type ClaimOutcome } from "../parts/claim.js";

const NOT_KNOWN = "not known: no table of the paper was available to us";

/** Claims about latent users: what the paper says in words [paper], and what was calibrated here, in worlds of ours. */
export const VPL_CLAIMS: readonly Claim[] = (
  [
    {
      source: "Didactic",
      claim: "One reward averages over people, VPL recovers each kind's reward",
      criterion:
        "correlation with the true reward at least 0.97; Bradley-Terry within 0.01 of the best that does not know the user",
      figure: "vpl-didactic",
      paper: "said in words [paper]; numbers not known",
      check: checkDidactic,
    },
    {
      source: "Didactic",
      claim: "Eight answers are read nearly as well as by exact Bayes",
      criterion: "at least 0.84, and at most 0.045 below exact Bayes given the same answers",
      figure: "vpl-context-size",
      paper: "more answers, more accurate [paper]; numbers not known",
      check: checkContext,
    },
    {
      source: "SPL, posterior collapse",
      claim: "With few answers the latent collapses at full KL weight, and not at a tenth of it",
      criterion:
        "2 answers: at weight 1 within 0.02 of the best user-blind with no active unit; at 0.1 at least 0.1 above it",
      figure: "vpl-collapse",
      paper: "0 % active units with an 8B model [2nd-hand]",
      check: checkCollapse,
    },
    {
      source: "Active queries",
      claim: "Questions chosen by information tell users apart sooner than random ones",
      criterion:
        "after one question mutual information by moment matching at least 0.95, and above random by more than its interval",
      figure: "vpl-active",
      missed:
        "by two Gaussians the largest value is often the model's error after one answer; from draws (BALD, D-optimal) one question is enough",
      paper: "about half the queries [paper]",
      check: checkActive,
    },
    {
      source: "Label noise",
      claim: "Up to a quarter of the given answers may be wrong; at a half nothing is left",
      criterion: "8 answers: at 0.25 above Bradley-Terry by 0.03; at 0.5 no better than Bradley-Terry",
      figure: "vpl-label-noise",
      paper: "better than baselines up to 25 %, as Bradley-Terry at 50 % [paper]",
      check: checkNoise,
    },
    {
      source: "Uncertainty",
      claim: "90 % regions of some model cover 85 to 95 % from four answers on",
      criterion:
        "mean coverage of credible sets over the kinds at 4, at 8 and at 16 answers within 0.85 to 0.95",
      figure: "vpl-calibration",
      missed: "an average over answers does not say of how many; PAL-A misses by 0.005 at sixteen",
      paper: "more answers, less variance [paper]; coverage not measured",
      check: checkCalibration,
    },
    {
      source: "Maze",
      claim: "Two goals: VPL's reward is right where one reward for all is not, and following it gets there",
      criterion: "held-out accuracy at least 0.94, success of the greedy policy at least 0.9 in the mean",
      figure: "vpl-maze-control",
      paper: NOT_KNOWN,
      check: checkMaze,
    },
    {
      source: "Maze, reward scaling",
      claim: "A policy that is fitted for all users needs their rewards on one scale: SPO brings them to it",
      criterion:
        "chance to reach the goal with SPO above that without scaling, run by run, by more than its interval",
      figure: "vpl-reward-scale",
      paper: "SPO best, batch norm catastrophic [paper, a figure]; numbers not known",
      check: checkScaling,
    },
    {
      source: "DPL's toys",
      claim: "Where something hidden decides, one reward learns the Borda count and not the expected utility",
      criterion:
        "both toys: correlation of Bradley-Terry's reward with the Borda count at least 0.95, with the expected utility at least 0.1 less",
      figure: "dpl-toys",
      paper: "a theorem and two pictures [Siththaranjan et al. 2024]",
      check: checkToys,
    },
    {
      source: "Pets (stand-in)",
      claim: "Who prefers cats to dogs is told from a few answers",
      criterion:
        "each mix of questions within 0.03 of exact Bayes given the same answers, at most answers; KL weight chosen by validation users",
      figure: "vpl-pets",
      paper: NOT_KNOWN,
      check: (record) => petsBehind(record, false),
    },
    {
      source: "Pets (stand-in), new sentences",
      claim: "The same of sentences that nobody trained on",
      criterion: "within 0.03 of exact Bayes, which reads every sentence without a mistake",
      figure: "vpl-pets",
      missed:
        "of 48 sentences about each animal a model does not learn to read all others; Bayes reads without a mistake",
      paper: NOT_KNOWN,
      check: (record) => petsBehind(record, true),
    },
    {
      source: "UltraFeedback-P, Ravens, Habitat",
      claim: "VPL on language models, robot arms and houses",
      criterion: "-",
      paper: "+10 to 25 % over baselines [paper]; independent re-runs find about chance on UF-P-2 [2nd-hand]",
      check: (): ClaimOutcome => notRun("needs language models and simulators that do not run here"),
    },
  ] satisfies Claim[]
).map((claim) => ({ ...claim, of: "VPL" }));

function at(record: FigureRecord, method: string, newComparisonsPerUser: number): RecordRow[] {
  const rows = rowsWhere(record.rows, { method, newComparisonsPerUser });
  if (rows.length === 0)
    throw new Error(`${record.id} has no rows of ${method} with ${newComparisonsPerUser} answers`);
  return rows;
}

function measured(rows: readonly RecordRow[], name: string): number {
  return mean(rows.map((row) => row.measures?.[name] ?? NaN));
}

function ceiling(rows: readonly RecordRow[], name: string): number {
  return mean(rows.map((row) => row.ceilings?.[name] ?? NaN));
}

function checkDidactic(record: FigureRecord): ClaimOutcome {
  const [own, one] = [at(record, "VPL", 8), at(record, "Bradley-Terry", 8)];
  const correlation = measured(own, "correlation");
  const off = Math.abs(mean(one.map((row) => row.accuracy)) - ceiling(one, "blind"));
  return outcome(
    correlation >= 0.97 && off <= 0.01,
    `correlation ${correlation.toFixed(3)}, of Bradley-Terry ${measured(one, "correlation").toFixed(3)}; Bradley-Terry ${shown(record, { method: "Bradley-Terry", newComparisonsPerUser: 8 })}, best user-blind ${ceiling(one, "blind").toFixed(3)}`,
  );
}

function checkContext(record: FigureRecord): ClaimOutcome {
  const where = { method: "VPL", newComparisonsPerUser: 8 };
  const own = accuracyAt(record, where);
  const bayes = ceiling(at(record, "VPL", 8), "bayes");
  return outcome(
    own >= 0.84 && bayes - own <= 0.045,
    `${shown(record, where)}, exact Bayes ${bayes.toFixed(3)}`,
  );
}

function checkCollapse(record: FigureRecord): ClaimOutcome {
  const cell = (weight: number): RecordRow[] =>
    record.rows.filter((row) => row.comparisonsPerUser === 2 && row.settings?.klWeight === weight);
  const [full, tenth] = [cell(1), cell(0.1)];
  const blind = ceiling(full, "blind");
  const [collapsed, used] = [full, tenth].map((rows) => mean(rows.map((row) => row.accuracy)));
  const holds =
    Math.abs(collapsed - blind) <= 0.02 && measured(full, "activeUnits") === 0 && used >= blind + 0.1;
  return outcome(
    holds,
    `weight 1: ${collapsed.toFixed(3)} with ${measured(full, "activeUnits")} active units; weight 0.1: ${used.toFixed(3)} with ${measured(tenth, "activeUnits").toFixed(1)}; best user-blind ${blind.toFixed(3)}`,
  );
}

function checkActive(record: FigureRecord): ClaimOutcome {
  const one = (method: string): number => accuracyAt(record, { method, newComparisonsPerUser: 1 });
  const random = tInterval(at(record, "random", 1).map((row) => row.accuracy));
  const chosen = one("mutual information");
  const text = ["mutual information", "bald", "d-optimal", "random", "released"].map(
    (name) => `${name} ${one(name).toFixed(3)}`,
  );
  return outcome(chosen >= 0.95 && chosen > random.high, `one question: ${text.join("; ")}`);
}

function checkNoise(record: FigureRecord): ClaimOutcome {
  const of = (method: string, part: number): number =>
    mean(at(record, method, 8).flatMap((row) => (row.settings?.flipped === part ? [row.accuracy] : [])));
  const parts = [0, 0.1, 0.25, 0.5, 1];
  const one = of("Bradley-Terry", 0);
  return outcome(
    of("VPL", 0.25) >= one + 0.03 && of("VPL", 0.5) <= one,
    `${parts.map((part) => `${part}: ${of("VPL", part).toFixed(3)}`).join("; ")}; Bradley-Terry ${one.toFixed(3)}`,
  );
}

function checkCalibration(record: FigureRecord): ClaimOutcome {
  const models = [...new Set(record.rows.map((row) => row.method ?? ""))].filter(
    (name) => name !== "exact Bayes",
  );
  const covered = models.map((name) =>
    [4, 8, 16].map((count) => tInterval(at(record, name, count).map((row) => row.measures?.coverage ?? NaN))),
  );
  const holds = covered.some((all) => all.every(({ mean: value }) => value >= 0.85 && value <= 0.95));
  const said = (i: number): string =>
    covered[i]
      .map(({ mean: value, high }) => `${value.toFixed(3)} ± ${(high - value).toFixed(3)}`)
      .join(", ");
  return outcome(holds, models.map((name, i) => `${name} ${said(i)}`).join("; "));
}

function checkMaze(record: FigureRecord): ClaimOutcome {
  const of = (method: string): readonly [number, number] => {
    const rows = rowsWhere(record.rows, { method });
    return [mean(rows.map((row) => row.accuracy)), measured(rows, "success")];
  };
  const [[accuracy, success], [blind, lost]] = [of("VPL"), of("Bradley-Terry")];
  return outcome(
    accuracy >= 0.94 && success >= 0.9,
    `accuracy ${accuracy.toFixed(3)}, success ${success.toFixed(3)}; Bradley-Terry ${blind.toFixed(3)}, ${lost.toFixed(3)}`,
  );
}

function checkScaling(record: FigureRecord): ClaimOutcome {
  const success = (scaling: string): readonly number[] =>
    record.rows.flatMap((row) => (row.settings?.scaling === scaling ? (row.measures?.success ?? []) : []));
  const scalings = [...new Set(record.rows.map((row) => String(row.settings?.scaling)))];
  const bare = success("none");
  const gain = tInterval(success("SPO").map((value, run) => value - bare[run]));
  return outcome(
    gain.low > 0,
    scalings
      .map((scaling) => tInterval(success(scaling)))
      .map(({ mean: value, high }, i) => `${scalings[i]} ${value.toFixed(3)} ± ${(high - value).toFixed(3)}`)
      .join("; "),
  );
}

function checkToys(record: FigureRecord): ClaimOutcome {
  const toys = ["1-D", "2-D"].map((toy) => {
    const rows = rowsWhere(record.rows, { method: "Bradley-Terry" }).filter(
      (row) => row.settings?.toy === toy,
    );
    return { toy, borda: measured(rows, "borda"), expected: measured(rows, "expected") };
  });
  return outcome(
    toys.every(({ borda, expected }) => borda >= 0.95 && expected <= borda - 0.1),
    toys
      .map(({ toy, borda, expected }) => `${toy}: Borda ${borda.toFixed(3)}, expected ${expected.toFixed(3)}`)
      .join("; "),
  );
}

/** How far behind exact Bayes VPL is in worlds of sentences, at most answers. */
function petsBehind(record: FigureRecord, isNew: boolean): ClaimOutcome {
  // of sentences that nobody trained on the ceiling is that of who reads them without a mistake
  const worlds = [...new Set(record.rows.map((row) => String(row.settings?.world ?? "")))].filter(
    (world) => world.endsWith("new sentences") === isNew,
  );
  const most = Math.max(...record.rows.map((row) => row.newComparisonsPerUser ?? 0));
  const gaps = worlds.map((world) => {
    const rows = at(record, "VPL", most).filter((row) => row.settings?.world === world);
    return { world, accuracy: mean(rows.map((row) => row.accuracy)), bayes: ceiling(rows, "bayes") };
  });
  return outcome(
    gaps.length > 0 && gaps.every(({ accuracy, bayes }) => bayes - accuracy <= 0.03),
    gaps
      .map(
        ({ world, accuracy, bayes }) =>
          `${world.replace("pets, ", "")}: ${accuracy.toFixed(3)}, Bayes ${bayes.toFixed(3)}`,
      )
      .join("; "),
  );
}

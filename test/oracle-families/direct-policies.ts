import { gdpoLoss, jensenShannon, pairLoss, tokenLogs, type PairLossName } from "../../src/policies/index.js";
import { rows } from "./dpl.js";
import {
  arrayOf,
  numberOf,
  type Compare,
  type Compared,
  type FamilyCase,
  type Stored,
} from "./family-case.js";

type Comparison = readonly [string, { readonly got: ArrayLike<number>; readonly want: ArrayLike<number> }];

function pairLogs({ inputs, parameters }: FamilyCase) {
  return {
    chosen: arrayOf(parameters["policy_chosen"]).data,
    rejected: arrayOf(parameters["policy_rejected"]).data,
    referenceChosen: arrayOf(inputs["reference_chosen"]).data,
    referenceRejected: arrayOf(inputs["reference_rejected"]).data,
  };
}

/** A loss of pairs at given logarithms. */
function pairs(name: PairLossName): Compare {
  return (given): Compared => {
    const { beta, label_smoothing, reference_free, ipo } = given.config;
    const found = pairLoss(ipo === true ? "IPO" : name, pairLogs(given), {
      beta: Number(beta),
      flipped: Number(label_smoothing ?? 0),
      referenceFree: reference_free === true,
    });
    return new Map<string, Comparison[1]>([
      ["total", { got: [found.total], want: [numberOf(given.loss_terms["total"])] }],
      ["each", { got: found.each, want: arrayOf(given.outputs["per_sample_loss"]).data }],
      ["by chosen", { got: found.gradients.chosen, want: given.gradients["policy_chosen"].data }],
      ["by rejected", { got: found.gradients.rejected, want: given.gradients["policy_rejected"].data }],
    ]);
  };
}

/** A counted token: its predecessor's row of the table is what the language model says. */
interface Counted {
  readonly token: number;
  readonly row: number;
  readonly place: number;
}

/** Counted tokens of each response; -100 is not counted, and label i is predicted by token i - 1. */
function counted(ids: Stored, labels: Stored): Counted[][] {
  const before = rows(ids);
  return rows(labels).map((line, b) =>
    line.flatMap((token, i) => (token < 0 || i === 0 ? [] : [{ token, row: before[b][i - 1], place: i }])),
  );
}

function both({ inputs }: FamilyCase): readonly [Counted[][], Counted[][]] {
  const of = (side: string): Counted[][] =>
    counted(arrayOf(inputs[`${side}_ids`]), arrayOf(inputs[`${side}_labels`]));
  return [of("chosen"), of("rejected")];
}

/** Logarithms of responses under a table of logits, and a way back to the table. */
function under(table: Stored, responses: readonly (readonly Counted[])[], by: "sum" | "mean") {
  const all = responses.flat();
  const lines = rows(table);
  const from = responses.reduce<number[]>(
    (starts, { length }) => [...starts, starts[starts.length - 1] + length],
    [0],
  );
  const logits = all.flatMap(({ row }) => lines[row]);
  const found = tokenLogs({ logits, tokens: all.map(({ token }) => token), from }, by);
  const back = (slope: ArrayLike<number>): number[] =>
    scattered(
      table,
      found.gradient(slope),
      all.map(({ row }) => row),
    );
  return { logs: found.logs, back };
}

function scattered(table: Stored, gradient: ArrayLike<number>, at: readonly number[]): number[] {
  const [, columns] = table.shape;
  const sums = table.data.map(() => 0);
  at.forEach((row, n) => {
    for (let j = 0; j < columns; j++) sums[row * columns + j] += gradient[n * columns + j];
  });
  return sums;
}

function added(...parts: readonly (readonly number[])[]): number[] {
  return parts[0].map((_, i) => parts.reduce((sum, part) => sum + part[i], 0));
}

const tokens: Compare = (given): Compared => {
  const [table, reference] = [given.parameters["table"], arrayOf(given.inputs["reference_table"])];
  const [chosen, rejected] = both(given);
  const own = [chosen, rejected].map((side) => under(table, side, "mean"));
  const [w, l] = [chosen, rejected].map((side) => under(reference, side, "mean").logs);
  const logs = { chosen: own[0].logs, rejected: own[1].logs, referenceChosen: w, referenceRejected: l };
  const found = pairLoss(given.config["loss"] as PairLossName, logs);
  return new Map<string, Comparison[1]>([
    ["total", { got: [found.total], want: [numberOf(given.loss_terms["total"])] }],
    ["chosen", { got: own[0].logs, want: arrayOf(given.outputs["policy_chosen"]).data }],
    ["rejected", { got: own[1].logs, want: arrayOf(given.outputs["policy_rejected"]).data }],
    ["reference, chosen", { got: w, want: arrayOf(given.outputs["reference_chosen"]).data }],
    [
      "chosen, summed",
      { got: under(table, chosen, "sum").logs, want: arrayOf(given.outputs["policy_chosen_if_summed"]).data },
    ],
    [
      "by the table",
      {
        got: added(own[0].back(found.gradients.chosen), own[1].back(found.gradients.rejected)),
        want: given.gradients["table"].data,
      },
    ],
  ]);
};

/** Sequences of prompt, belief, '>', response. As released, the rejected one is cut where the chosen one has its '>'. */
const gdpo: Compare = (given): Compared => {
  const [table, reference] = [given.parameters["table"], arrayOf(given.inputs["reference_table"])];
  const beliefs = Number(given.config["beliefs"]);
  const [chosen, rejected] = both(given);
  const mark = chosen.map((line) => line.filter(({ token }) => token === beliefs).at(-1)?.place ?? NaN);
  const named = chosen.map((line, b) => line.filter(({ place }) => place < mark[b]));
  const behind = [chosen, rejected].map((side) =>
    side.map((line, b) => line.filter(({ place }) => place >= mark[b])),
  );
  const own = behind.map((side) => under(table, side, "sum"));
  const [w, l] = behind.map((side) => under(reference, side, "sum").logs);
  const belief = under(table, named, "mean");
  const first = named.map(([{ row }]) => row);
  const target = arrayOf(given.inputs["target_beliefs"]);
  const logits = first.flatMap((row) => rows(table)[row]);
  const found = gdpoLoss(
    {
      ...{ logits, target: target.data, beliefs: belief.logs },
      pairs: { chosen: own[0].logs, rejected: own[1].logs, referenceChosen: w, referenceRejected: l },
    },
    { beta: Number(given.config["beta"]) },
  );
  const term = (name: string): number[] => [numberOf(given.loss_terms[name])];
  const gradient = added(
    scattered(table, found.gradients.logits, first),
    belief.back(found.gradients.beliefs),
    own[0].back(found.gradients.chosen),
    own[1].back(found.gradients.rejected),
  );
  const said = first.map((row) => {
    const raised = rows(table)[row].map(Math.exp);
    return raised.slice(0, beliefs);
  });
  // theirs is by natural logarithms
  const distance = said.map((shares, b) => Math.sqrt(Math.LN2) * jensenShannon(shares, rows(target)[b]));
  return new Map<string, Comparison[1]>([
    ["total", { got: [found.total], want: term("total") }],
    ["calibration", { got: [found.terms.calibration], want: term("calibration") }],
    ["preference", { got: [found.terms.preference], want: term("preference") }],
    ["belief", { got: [found.terms.belief], want: term("minus_belief_log_probability") }],
    ["belief logs", { got: belief.logs, want: arrayOf(given.outputs["belief_log_probability"]).data }],
    ["chosen", { got: own[0].logs, want: arrayOf(given.outputs["policy_chosen"]).data }],
    ["rejected", { got: own[1].logs, want: arrayOf(given.outputs["policy_rejected"]).data }],
    [
      "Jensen-Shannon distance",
      {
        got: [distance.reduce((sum, value) => sum + value / distance.length, 0)],
        want: [numberOf(given.outputs["js_distance"] as number)],
      },
    ],
    ["by the table", { got: gradient, want: given.gradients["table"].data }],
  ]);
};

/** Policies from pairs alone: nothing of the engine is in them. */
export const DIRECT_POLICIES = {
  "dil-dpo": pairs("DPO"),
  "dil-lsif": pairs("LSIF"),
  "dil-ukl": pairs("UKL"),
  "dil-bce": pairs("BCE"),
  "dil-tokens": tokens,
  "gdpo-preference": pairs("DPO"),
  "gdpo-full": gdpo,
};

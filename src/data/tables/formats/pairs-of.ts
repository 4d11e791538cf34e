import { randomStream } from "../../../core/index.js";
import type { Answer } from "../answers.js";
import type { AnswersRead, PairsMade, ReadingOptions } from "./format.js";

/** One thing that was judged together: a ranking, the ratings of one user in one context, a choice. */
export interface Judgement {
  /** The row of the table that it stands in, or begins. */
  readonly row: number;
  /** Item indices. */
  readonly items: readonly number[];
  /** How good each is; equal values are ties. */
  readonly values: readonly number[];
  readonly context?: number;
}

/** What {@link Judgement}s are, as data keep it. */
const JUDGED = { ranking: "rankings", rating: "ratings", choice: "choices" } as const;

type Kind = keyof typeof JUDGED;

/** How pairs are made of judgements. */
export interface Making {
  readonly kind: Kind;
  /** Of a choice the first stage alone is made, whatever this says. */
  readonly pairs: PairsMade;
  readonly strength: NonNullable<ReadingOptions["strength"]>;
  /** The difference that has strength 1; default: the largest of each judgement. */
  readonly range?: number;
}

type Pairs = Pick<
  AnswersRead,
  "of" | "left" | "right" | "context" | "answer" | "weight" | "judgement" | "judged" | "made" | "notes"
>;

/** The pairs of judgements. Which item stands left is drawn by lot (seed 0): its place says nothing of the answer. */
export function pairsOf(judgements: readonly Judgement[], making: Making): Pairs {
  const [of, left, right, context, judgement]: number[][] = [[], [], [], [], []];
  const lot = randomStream(0).split("sides");
  const answer: Answer[] = [];
  const weight: number[] = [];
  judgements.forEach(({ row, items, values, context: asked }, j) => {
    const width = making.range ?? Math.max(...values) - Math.min(...values);
    for (const { a, b, share } of places(values, making)) {
      const [first, second] = lot.integer(2) === 0 ? [a, b] : [b, a];
      const difference = values[second] - values[first];
      of.push(row);
      left.push(items[first]);
      right.push(items[second]);
      if (asked !== undefined) context.push(asked);
      judgement.push(j);
      answer.push(Math.sign(difference) as Answer);
      const isWeighed = making.strength === "weight" && difference !== 0 && width > 0;
      weight.push(share * (isWeighed ? Math.min(1, Math.abs(difference) / width) : 1));
    }
  });
  const ints = (values: number[]): Int32Array => Int32Array.from(values);
  return {
    ...{ of: ints(of), left: ints(left), right: ints(right), answer, judgement: ints(judgement) },
    judged: JUDGED[making.kind],
    ...(context.length === 0 ? {} : { context: ints(context) }),
    ...(weight.every((value) => value === 1) ? {} : { weight: Float32Array.from(weight) }),
    ...described(judgements, of.length, making),
  };
}

interface Places {
  readonly a: number;
  readonly b: number;
  readonly share: number;
}

/** The places of the two items of each pair, the better first, and the pair's share of an answer. */
function places(values: readonly number[], { kind, pairs }: Making): Places[] {
  const order = [...values.keys()].sort((a, b) => values[b] - values[a] || a - b);
  if (kind !== "choice" && pairs === "adjacent")
    return order.slice(1).map((b, i) => ({ a: order[i], b, share: 1 }));
  const stages = kind === "choice" ? order.slice(0, 1) : order;
  return stages.flatMap((a, i) => {
    const behind = order.slice(i + 1);
    return behind.map((b) => ({ a, b, share: pairs === "stages" ? 1 / behind.length : 1 }));
  });
}

const WORDS: { readonly [K in Kind]: readonly [string, string] } = {
  ranking: ["ranking", "rankings"],
  rating: ["user's ratings in one context", "sets of ratings"],
  choice: ["choice", "choices"],
};

function described(
  judgements: readonly Judgement[],
  count: number,
  { kind, pairs, strength }: Making,
): { readonly made: string; readonly notes: readonly string[] } {
  const [one, many] = WORDS[kind];
  const which =
    kind === "choice"
      ? `the chosen against each other option${pairs === "stages" ? ", each choice with the weight of one answer" : ""}`
      : {
          all: `all pairs of each ${one}`,
          adjacent: `neighbours in each ${one}`,
          stages: `each ${one} by its stages (Plackett-Luce), a stage with the weight of one answer`,
        }[pairs];
  const weighed = strength === "weight" ? ", weighted by the difference" : "";
  const made = `${which}${weighed}: ${count} pairs of ${judgements.length} ${judgements.length === 1 ? one : many}`;
  const single = judgements.filter(({ items }) => items.length < 2).length;
  const caution =
    pairs === "adjacent" && kind !== "choice"
      ? ["a Plackett-Luce model is not recovered from neighbours alone; from all pairs, or stages, it is"]
      : [];
  return {
    made,
    notes: [
      `pairs of one ${one} are not independent of each other: the test of differences between users counts ${many}, not pairs`,
      "which item of a pair stands left was drawn by lot (seed 0)",
      ...(single > 0 ? [`${single} ${many} hold one item alone and give no pair`] : []),
      ...caution,
    ],
  };
}

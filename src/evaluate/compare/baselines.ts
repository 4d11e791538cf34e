import type { PreferenceData } from "../../data/index.js";
import { judge, natsAnAnswer, type Judged } from "./judged.js";
import type { Parts } from "./parts.js";
import { probabilities, slopeOf } from "./predict.js";

/** A predictor that needs no model and knows no users. */
export interface Baseline {
  readonly id: string;
  readonly name: string;
  readonly validation: number;
  readonly seen: Judged;
  readonly fresh: Judged;
}

/** What is always there to be beaten: what most said of the same question, and where items are texts, their length. */
export function baselinesOf(parts: Parts): Baseline[] {
  const { train, validation, seen, asked } = parts;
  const majority = majorityOf(train);
  const found = [make("majority", "what most said of the same question", parts, majority)];
  const long = lengthOf(train);
  if (long === undefined) return found;
  const { scale } = slopeOf(long(train), train);
  const byLength = (data: PreferenceData): Float64Array => probabilities(long(data), scale);
  const shorter = (data: PreferenceData): Float64Array => byLength(data).map((p) => 1 - p);
  const isLonger = natsAnAnswer(byLength(train), train) >= natsAnAnswer(shorter(train), train);
  found.push(
    make(
      "length",
      `the ${isLonger ? "longer" : "shorter"} text`,
      { train, validation, seen, asked },
      isLonger ? byLength : shorter,
    ),
  );
  return found;
}

function make(
  id: string,
  name: string,
  { validation, seen, asked }: Omit<Parts, "given">,
  rule: (data: PreferenceData) => Float64Array,
): Baseline {
  const judged = (data: PreferenceData): Judged => judge(rule(data), data);
  return {
    id,
    name,
    validation: natsAnAnswer(rule(validation), validation),
    seen: judged(seen),
    fresh: judged(asked),
  };
}

/** Shares of each pair of items in each context, one answer either way added. */
function majorityOf(train: PreferenceData): (data: PreferenceData) => Float64Array {
  const items = train.items.ids.length;
  const keyOf = ({ left, right, context }: PreferenceData, row: number): number =>
    ((context?.[row] ?? 0) * items + Math.min(left[row], right[row])) * items +
    Math.max(left[row], right[row]);
  const counts = new Map<number, { high: number; all: number }>();
  train.label.forEach((label, row) => {
    const weight = train.weight?.[row] ?? 1;
    const known = counts.get(keyOf(train, row)) ?? { high: 1, all: 2 };
    known.all += weight;
    if (label > 0 === train.right[row] > train.left[row]) known.high += weight;
    counts.set(keyOf(train, row), known);
  });
  return (data) =>
    Float64Array.from(data.label, (_, row) => {
      const { high, all } = counts.get(keyOf(data, row)) ?? { high: 1, all: 2 };
      return data.right[row] > data.left[row] ? high / all : 1 - high / all;
    });
}

/** How much longer the right text is than the left, in standard deviations; undefined without texts of items, or where all are of one length. */
function lengthOf(train: PreferenceData): ((data: PreferenceData) => Float64Array) | undefined {
  const { text } = train.items;
  if (text === undefined) return undefined;
  const apart = (data: PreferenceData, row: number): number =>
    text[data.right[row]].length - text[data.left[row]].length;
  const squares = train.left.reduce((sum, _, row) => sum + apart(train, row) ** 2, 0);
  if (squares === 0) return undefined;
  const typical = Math.sqrt(squares / train.left.length);
  return (data) => Float64Array.from(data.label, (_, row) => apart(data, row) / typical);
}

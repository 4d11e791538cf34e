import type { RandomStream } from "../core/index.js";
import type { FoundStates } from "../families/index.js";
import type { EvidenceSets } from "./evidence-sets.js";

/** What one pass trains on. */
export interface TargetPass {
  /** All rows, those that are predicted from one state side by side. */
  readonly order: Int32Array;
  /** For each row of the comparisons the state that predicts it. */
  readonly set: Int32Array;
  readonly evidence: EvidenceSets;
}

/**
 * Draws, pass by pass, which answers of a user are predicted from which others: a user's rows are shuffled and cut into blocks of targets; a block is
 * predicted from the rows that follow it in a circle, never from itself. How many they are is drawn, as later users give few or many, unless all are wanted.
 */
export class TargetSets {
  readonly #answers: EvidenceSets;
  readonly #context: number;
  readonly #draw: NonNullable<FoundStates["draw"]>;
  readonly #targets: number;
  readonly #rng: RandomStream;

  constructor(answers: EvidenceSets, { context, targets, draw = "some" }: FoundStates, rng: RandomStream) {
    this.#answers = { ...answers, rows: answers.rows.slice() };
    this.#context = context;
    this.#draw = draw;
    this.#targets = targets;
    this.#rng = rng;
  }

  next(): TargetPass {
    const { from, rows } = this.#answers;
    const blocks: { readonly targets: Int32Array; readonly context: Int32Array }[] = [];
    for (let user = 0; user + 1 < from.length; user++) {
      const own = rows.subarray(from[user], from[user + 1]);
      this.#rng.shuffle(own);
      // something must be left to predict from
      const size = Math.min(this.#targets, Math.ceil(own.length / 2));
      for (let start = 0; start < own.length; start += size)
        blocks.push(this.#block(own, start, Math.min(start + size, own.length)));
    }
    return passOf(this.#rng.permutation(blocks.length), blocks, rows.length);
  }

  #block(own: Int32Array, start: number, end: number) {
    const others = own.length - (end - start);
    const context = new Int32Array(this.#size(Math.min(this.#context, others)));
    for (let i = 0; i < context.length; i++) context[i] = own[(end + i) % own.length];
    return { targets: own.subarray(start, end), context };
  }

  #size(most: number): number {
    if (this.#draw === "all" || most === 0) return most;
    return this.#draw === "some" ? 1 + this.#rng.integer(most) : this.#rng.integer(most + 1);
  }
}

function passOf(
  inTurn: Int32Array,
  blocks: readonly { readonly targets: Int32Array; readonly context: Int32Array }[],
  count: number,
): TargetPass {
  const order = new Int32Array(count);
  const set = new Int32Array(count);
  const from = new Int32Array(blocks.length + 1);
  const rows = new Int32Array(blocks.reduce((sum, { context }) => sum + context.length, 0));
  let done = 0;
  inTurn.forEach((block, s) => {
    const { targets, context } = blocks[block];
    order.set(targets, done);
    done += targets.length;
    for (const row of targets) set[row] = s;
    rows.set(context, from[s]);
    from[s + 1] = from[s] + context.length;
  });
  return { order, set, evidence: { from, rows } };
}

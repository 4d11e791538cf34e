import type { EvidenceSets } from "../../evidence-sets.js";
import type { Noise } from "../../state-noise.js";
import type { FoundStates } from "../../../families/index.js";
import type { BatchSource, LoadedTable } from "../loaded-data.js";
import type { Address, Runtime } from "../runtime.js";
import { flatWidth, type EvidenceExtents } from "./evidence-inputs.js";

/** Fills in the answers that the states of a batch are found from, and the noise that they are sampled with. */
export class EvidenceFeed {
  /** Which answers; replaced from pass to pass. */
  sets: EvidenceSets = { from: new Int32Array(1), rows: new Int32Array(0) };
  /** What states are sampled with. */
  noise?: Noise;
  readonly #runtime: Runtime;
  readonly #source: BatchSource;
  readonly #extents: EvidenceExtents;
  readonly #addresses: ReadonlyMap<string, Address>;
  readonly #found: FoundStates;
  /** Numbers of an answer where answers lie one behind the other; 0 where they do not. */
  readonly #flat: number;

  constructor(runtime: Runtime, source: BatchSource, extents: EvidenceExtents, found: FoundStates) {
    const { users, answers } = extents;
    this.#runtime = runtime;
    this.#source = source;
    this.#extents = extents;
    this.#found = found;
    this.#flat = found.isOrdered === true ? flatWidth(source) : 0;
    this.#addresses = new Map([
      ["evidence.chosen", runtime.allocate(answers.capacity)],
      ["evidence.rejected", runtime.allocate(answers.capacity)],
      ["evidence.contexts", runtime.allocate(answers.capacity)],
      ["evidence.of", runtime.allocate(answers.capacity)],
      ["evidence.flat", runtime.allocate(users.capacity * found.context * this.#flat)],
      ["evidence.from", runtime.allocate(users.capacity + 1)],
      ["noise", runtime.allocate(users.capacity * found.noise)],
    ]);
  }

  /** @returns where a buffer that this feed fills lies */
  addressOf(name: string): Address | undefined {
    return this.#addresses.get(name);
  }

  /** Of the states whose numbers lie at `states`, as many as the batch has users. */
  fill(states: Address): void {
    const runtime = this.#runtime;
    const { users, answers } = this.#extents;
    const { from, rows } = this.sets;
    const wanted = runtime.integers(states, users.count);
    const begins = runtime.integers(this.#at("from"), users.count + 1);
    let count = 0;
    for (let i = 0; i < wanted.length; i++) {
      begins[i] = count;
      count += from[wanted[i] + 1] - from[wanted[i]];
    }
    begins[wanted.length] = count;
    answers.count = count;
    const picked = new Int32Array(count);
    for (let i = 0; i < wanted.length; i++)
      picked.set(rows.subarray(from[wanted[i]], from[wanted[i] + 1]), begins[i]);
    const of = runtime.integers(this.#at("of"), count);
    for (let i = 0; i < wanted.length; i++) of.fill(i, begins[i], begins[i + 1]);
    this.#take(picked);
    if (this.#flat > 0) this.#lay(picked, begins);
    this.noise?.(wanted, runtime.floats(this.#addresses.get("noise") ?? 0, users.count * this.#found.noise));
  }

  #take(picked: Int32Array): void {
    const { left, right, label, context, count } = this.#source;
    const read = (from: Address): Int32Array => this.#runtime.integers(from, count);
    const write = (name: string): Int32Array => this.#runtime.integers(this.#at(name), picked.length);
    const [lefts, rights, labels] = [read(left), read(right), this.#runtime.floats(label, count)];
    const [chosen, rejected] = [write("chosen"), write("rejected")];
    for (let i = 0; i < picked.length; i++) {
      const isRight = labels[picked[i]] > 0;
      chosen[i] = isRight ? rights[picked[i]] : lefts[picked[i]];
      rejected[i] = isRight ? lefts[picked[i]] : rights[picked[i]];
    }
    if (context === 0) return;
    const [all, asked] = [read(context), write("contexts")];
    for (let i = 0; i < picked.length; i++) asked[i] = all[picked[i]];
  }

  /** Each user's first answers one behind the other, then zeros. */
  #lay(picked: Int32Array, begins: Int32Array): void {
    const { items, contexts, left, right, context, label, count } = this.#source;
    const read = (from: Address): Int32Array => this.#runtime.integers(from, count);
    const labels = this.#runtime.floats(label, count);
    const most = this.#found.context;
    const width = this.#flat;
    const out = this.#runtime.floats(this.#at("flat"), (begins.length - 1) * most * width);
    out.fill(0);
    const put = (at: number, { columns, features }: LoadedTable, row: number): void =>
      out.set(this.#runtime.floats(features + 4 * row * columns, columns), at);
    for (let i = 0; i + 1 < begins.length; i++) {
      for (let place = 0; place < Math.min(most, begins[i + 1] - begins[i]); place++) {
        const row = picked[begins[i] + place];
        const at = (i * most + place) * width;
        put(at, items, read(left)[row]);
        put(at + items.columns, items, read(right)[row]);
        if (contexts !== undefined) put(at + 2 * items.columns, contexts, read(context)[row]);
        out[at + width - 1] = labels[row] < 0 ? 1 : 0;
      }
    }
  }

  #at(name: string): Address {
    return this.#addresses.get(`evidence.${name}`) ?? 0;
  }
}

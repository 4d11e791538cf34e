import { capacityOf, type Buffer } from "./buffer.js";
import { fuse } from "./fuse.js";
import type { Instruction } from "./instructions.js";
import type { Backward, Forward, Node } from "./node.js";

/** What to run, over buffers that are not placed yet. */
export interface Program {
  readonly forward: readonly Instruction[];
  readonly backward: readonly Instruction[];
}

/** Where a result goes, and with `gradient` where its own gradient lies. */
export interface Target {
  readonly value: Buffer;
  readonly gradient?: Buffer;
}

/** A second result of the same graph. */
export interface Beside {
  readonly node: Node;
  readonly to: Target;
}

/**
 * Turns the graph below `result`, and below what is asked for `beside` it, into calls of kernels. Nodes that nobody needs are never visited, and gradients that nobody wants are not computed:
 * those that lead to no trained source.
 */
export function compile(result: Node, to: Target, beside?: Beside): Program {
  const results: readonly Beside[] = [{ node: result, to }, ...(beside === undefined ? [] : [beside])];
  const order = inOrder(results.map(({ node }) => node));
  const values = new Values(order, results);
  const forward: Instruction[] = [];
  for (const node of order) node.primitive.forward(node, values.of(node, forward));
  if (to.gradient === undefined) return { forward: fuse(forward), backward: [] };
  return { forward: fuse(forward), backward: fuse(reversed(order, values, results)) };
}

/** Every node below `results`, inputs before what needs them, and the last input's first: backwards, the first input's gradients come first. */
function inOrder(results: readonly Node[]): Node[] {
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    node.inputs.toReversed().forEach(visit);
    seen.add(node);
  };
  results.forEach(visit);
  return [...seen];
}

/** Where values and what they are computed with lie. */
class Values {
  readonly #buffers = new Map<Node, Buffer>();
  readonly #owned = new Map<Node, Buffer>();
  readonly #scratch = new Map<string, Buffer>();
  readonly #uses = new Map<Node, number>();
  readonly #names: ReadonlyMap<Node, string>;

  constructor(order: readonly Node[], results: readonly Beside[]) {
    this.#names = new Map(order.map((node, i) => [node, `${i} ${node.primitive.name}`]));
    for (const node of order) {
      for (const input of node.inputs) this.#uses.set(input, (this.#uses.get(input) ?? 0) + 1);
      if (node.source !== undefined) this.#buffers.set(node, node.source.value);
    }
    for (const { node, to } of results) this.#buffers.set(node, to.value);
  }

  nameOf(node: Node): string {
    return this.#names.get(node) ?? "?";
  }

  of(node: Node, instructions: Instruction[]): Forward {
    const emit: Forward["emit"] = (name, call) => instructions.push({ name, ...call });
    const { primitive } = node;
    const own = (): Buffer => this.#own(node, emit);
    const out = (): Buffer => this.#out(node, emit);
    return {
      get out() {
        return primitive.inPlace === true ? own() : out();
      },
      get own() {
        return own();
      },
      value: (input) => this.value(input),
      scratch: (name, size) => this.#room(`${this.nameOf(node)}: ${name}`, size),
      emit,
    };
  }

  value(node: Node): Buffer {
    const found = this.#buffers.get(node);
    if (found === undefined) throw new Error(`internal: ${this.nameOf(node)} was not computed`);
    return found;
  }

  /** Whether a node's gradient comes from one place, and its rule leaves it as it is. */
  isOnlyRead(node: Node): boolean {
    return node.primitive.readsGradient === true && this.#uses.get(node) === 1;
  }

  #out(node: Node, emit: Forward["emit"]): Buffer {
    const { primitive } = node;
    const known = this.#buffers.get(node);
    if (known !== undefined) return known;
    const made = primitive.inPlace === true ? this.#own(node, emit) : this.#new(node, this.nameOf(node));
    this.#buffers.set(node, made);
    return made;
  }

  #own(node: Node, emit: Forward["emit"]): Buffer {
    const known = this.#owned.get(node);
    if (known !== undefined) return known;
    const [input] = node.inputs;
    const value = this.value(input);
    const target = node.primitive.inPlace === true ? this.#buffers.get(node) : undefined;
    const isFree =
      target === undefined &&
      this.#uses.get(input) === 1 &&
      !value.fixed &&
      input.primitive.keepsValue !== true;
    const made = isFree ? value : (target ?? this.#new(input, `${this.nameOf(node)}: own`));
    if (!isFree) emit("copy", { rows: [input.rows], at: [value, made], numbers: [input.columns] });
    this.#owned.set(node, made);
    if (node.primitive.inPlace === true) this.#buffers.set(node, made);
    return made;
  }

  #new({ rows, columns, stride = columns }: Node, name: string): Buffer {
    return { name, size: capacityOf(rows) * stride, fixed: false };
  }

  #room(name: string, size: number): Buffer {
    const made = this.#scratch.get(name) ?? { name, size, fixed: false };
    this.#scratch.set(name, made);
    return made;
  }
}

function reversed(order: readonly Node[], values: Values, results: readonly Beside[]): Instruction[] {
  const instructions: Instruction[] = [];
  const trained = new Set<Node>();
  for (const node of order)
    if (node.source?.gradient !== undefined || node.inputs.some((input) => trained.has(input)))
      trained.add(node);
  const gradients = new Map<Node, Buffer>();
  for (const { node, to } of results) if (to.gradient !== undefined) gradients.set(node, to.gradient);
  const emit: Forward["emit"] = (name, call) => instructions.push({ name, ...call });
  const size = (node: Node): number => capacityOf(node.rows) * node.columns;
  /** The gradient's buffer, and whether something is there already. */
  const place = (node: Node): { at: Buffer; adds: 0 | 1 } => {
    const known = gradients.get(node);
    if (known !== undefined) return { at: known, adds: 1 };
    const at = node.source?.gradient ?? gradientOf(values.nameOf(node), size(node));
    gradients.set(node, at);
    return { at, adds: 0 };
  };
  const addTo = (node: Node, from: Buffer): void => {
    emit("add", { rows: [node.rows], at: [from, place(node).at], numbers: [node.columns] });
  };
  for (const node of order.toReversed()) {
    const gradient = gradients.get(node);
    if (gradient === undefined || node.primitive.backward === undefined) continue;
    const forward = values.of(node, []);
    const to: Backward = {
      out: forward.out,
      get own() {
        return forward.own;
      },
      value: forward.value,
      scratch: forward.scratch,
      emit,
      gradient,
      wants: (input) => trained.has(input),
      write: (input, write) => {
        const { at, adds } = place(input);
        write(at, adds);
      },
      overwrite: (input, write) => {
        if (!gradients.has(input)) return write(place(input).at);
        const spare = gradientOf(`${values.nameOf(node)} to ${values.nameOf(input)}`, size(input));
        write(spare);
        addTo(input, spare);
      },
      accumulate: (input) => {
        const { at, adds } = place(input);
        if (adds === 0) emit("zero", { rows: [input.rows], at: [at], numbers: [input.columns] });
        return at;
      },
      pass: (input, given) => {
        if (gradients.has(input)) return addTo(input, given);
        if (input.source === undefined) gradients.set(input, given);
        else emit("copy", { rows: [input.rows], at: [given, place(input).at], numbers: [input.columns] });
      },
      split: (first, second) => {
        const both = [first, second];
        // what has a place already is added to
        const isSettled = both.some((input) => gradients.has(input) || input.source !== undefined);
        const isRead = first !== second && both.every((input) => values.isOnlyRead(input));
        if (trained.has(second)) {
          if (isSettled || isRead || !trained.has(first)) to.pass(second, gradient);
          else
            to.overwrite(second, (at) =>
              emit("copy", { rows: [second.rows], at: [gradient, at], numbers: [second.columns] }),
            );
        }
        if (trained.has(first)) to.pass(first, gradient);
      },
    };
    node.primitive.backward(node, to);
  }
  return instructions;
}

function gradientOf(name: string, size: number): Buffer {
  return { name: `d(${name})`, size, fixed: false };
}

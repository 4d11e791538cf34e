import type { Buffer, Place, Rows } from "./buffer.js";
import type { Instruction } from "./instructions.js";

export interface Shape {
  readonly rows: Rows;
  readonly columns: number;
  /** Values from one row to the next, default `columns`: what reads such a node must know. */
  readonly stride?: number;
}

export type Setting = number | string | boolean;

/** One value of a graph. */
export interface Node extends Shape {
  readonly primitive: Primitive;
  readonly inputs: readonly Node[];
  readonly places: readonly Place[];
  readonly settings: readonly Setting[];
  /** Of a source: where it lies, and its gradient where it is trained. */
  readonly source?: { readonly value: Buffer; readonly gradient?: Buffer; readonly pairs?: RawPairs };
}

/** Of a table of items: the rows of each comparison's items in it, for rewrites that need no gathering. */
export interface RawPairs {
  readonly left: Place;
  readonly right: Place;
}

/** What a primitive's forward pass writes with. */
export interface Forward {
  /** Where the node's value goes. */
  readonly out: Buffer;
  value(input: Node): Buffer;
  /** The first input's value, to be changed: where others need it, a copy of it. */
  readonly own: Buffer;
  /** Room that the backward pass finds again under the same name. */
  scratch(name: string, size: number): Buffer;
  emit(name: Instruction["name"], call: Omit<Instruction, "name">): void;
}

/** What a primitive's gradient rule writes with: it gives the gradients of its inputs from that of its value. */
export interface Backward extends Forward {
  /** The gradient of the value; the rule may change it in place. */
  readonly gradient: Buffer;
  /** Whether somebody wants the gradient of an input. */
  wants(input: Node): boolean;
  /** Hands `to` the gradient buffer of an input, and whether it is to be added to (1) or written (0). */
  write(input: Node, to: (at: Buffer, adds: 0 | 1) => void): void;
  /** For instructions that cannot add: `to` writes what is then added where something is there already. */
  overwrite(input: Node, to: (at: Buffer) => void): void;
  /** For instructions that can only add: the gradient buffer of an input, zeroed if nothing is there yet. */
  accumulate(input: Node): Buffer;
  /** The present gradient, which nobody else will use, becomes that of an input of the same shape. */
  pass(input: Node, gradient: Buffer): void;
  /** The present gradient becomes that of two inputs of its shape, where they are wanted; it is copied only if a rule of theirs could change it. */
  split(first: Node, second: Node): void;
}

/** An operation of the graph: its kernels and its gradient rule. Its shapes are checked where a graph is traced. */
export interface Primitive {
  readonly name: string;
  /** Its value lies where its first input's lay (see {@link Forward.own}). */
  readonly inPlace?: boolean;
  /** Its gradient rule reads its value. */
  readonly keepsValue?: boolean;
  /** Its gradient rule leaves its own gradient as it is, and passes it on to nobody. */
  readonly readsGradient?: boolean;
  forward(node: Node, to: Forward): void;
  backward?(node: Node, to: Backward): void;
}

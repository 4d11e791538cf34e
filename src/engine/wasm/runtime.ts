import { plainSimd, relaxedSimd } from "./build/kernels.js";

/** A byte address in wasm memory. Arrays start at multiples of 16 bytes and are padded to whole vectors of four floats. */
export type Address = number;

/** The compiled kernels (see `kernels/`): addresses and counts in, nothing allocated. Flags are 0 or 1. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  heapBase(): Address;
  elementary(kind: number, n: number, x: Address, out: Address): void;
  product(...arguments_: ProductArguments): void;
  addColumns(rows: number, columns: number, x: Address, out: Address): void;
  distinct(n: number, index: Address, place: Address, unique: Address, found: number, local: Address): number;
  gatherRows(
    n: number,
    index: Address,
    columns: number,
    table: Address,
    out: Address,
    outStride: number,
  ): void;
  scatterAddRows(
    n: number,
    index: Address,
    columns: number,
    from: Address,
    stride: number,
    table: Address,
  ): void;
  shuffle(n: number, values: Address, state: Address): void;
  take(n: number, index: Address, table: Address, out: Address): void;
  activate(kind: number, n: number, x: Address, out: Address): void;
  activateBackward(kind: number, n: number, x: Address, gradient: Address): void;
  addBias(rows: number, columns: number, x: Address, bias: Address): void;
  dropout(n: number, x: Address, p: number, seed: number): void;
  mixRows(
    ...a: [
      n: number,
      k: number,
      d: number,
      user: Address,
      w: Address,
      context: Address,
      ...rest: [g: Address, block: number, z: Address],
    ]
  ): void;
  mixRowsBackward(
    ...a: [
      n: number,
      k: number,
      d: number,
      user: Address,
      w: Address,
      context: Address,
      ...rest: [g: Address, block: number, dz: Address, dw: Address, dg: Address],
    ]
  ): void;
  softmaxRows(rows: number, k: number, v: Address, w: Address): void;
  softmaxBackward(rows: number, k: number, w: Address, dw: Address, dv: Address): void;
  distanceScore(...a: [...ScoreArguments, plain: number, score: Address]): void;
  distanceBackward(...a: [...ScoreArguments, plain: number, dScore: Address, dz: Address, du: Address]): void;
  innerScore(...a: [...ScoreArguments, score: Address]): void;
  innerBackward(...a: [...ScoreArguments, dScore: Address, dz: Address, du: Address]): void;
  cosineScore(...a: [...ScoreArguments, scale: number, score: Address]): void;
  cosineBackward(...a: [...ScoreArguments, scale: number, dScore: Address, dz: Address, du: Address]): number;
  lossWithGradient(
    ...a: [
      kind: number,
      n: number,
      score: Address,
      label: Address,
      weight: Address,
      margin: number,
      inverseTotal: number,
      dScore: Address,
    ]
  ): number;
  adam(
    ...a: [
      n: number,
      value: Address,
      gradient: Address,
      first: Address,
      second: Address,
      rate: number,
      beta1: number,
      beta2: number,
      epsilon: number,
      correction1: number,
      correction2: number,
      decay: number,
      decoupled: number,
    ]
  ): void;
  zero(address: Address, bytes: number): void;
}

type ProductArguments = [
  m: number,
  n: number,
  k: number,
  a: Address,
  aRow: number,
  aDepth: number,
  b: Address,
  bDepth: number,
  bColumn: number,
  c: Address,
  accumulate: number,
  panel: Address,
];

export type ScoreArguments = [
  n: number,
  d: number,
  z: Address,
  u: Address,
  left: Address,
  right: Address,
  user: Address,
];

export type Build = "plain" | "relaxed";

/** Compiles the kernels. @throws WebAssembly.CompileError when the runtime lacks relaxed SIMD and that build was asked for */
export async function compileKernels(build: Build): Promise<WebAssembly.Module> {
  return WebAssembly.compile(decodeBase64(build === "plain" ? plainSimd : relaxedSimd));
}

/** Whether this JavaScript engine runs a build (relaxed SIMD: Node >= 22 and browsers). */
export function isSupported(build: Build): boolean {
  return WebAssembly.validate(decodeBase64(build === "plain" ? plainSimd : relaxedSimd));
}

/** One instance of the kernels with memory of its own, handed out once and freed as a whole. */
export class Runtime {
  readonly kernels: Kernels;
  #next: Address;
  #panel: { readonly address: Address; readonly depth: number };

  constructor(module: WebAssembly.Module) {
    this.kernels = new WebAssembly.Instance(module, {}).exports as unknown as Kernels;
    this.#next = align(this.kernels.heapBase());
    this.#panel = { address: 0, depth: -1 };
  }

  /** Room for `count` 32-bit values, zeroed. */
  allocate(count: number): Address {
    const address = this.#next;
    this.#next = align(address + 4 * count);
    const { memory } = this.kernels;
    const missing = this.#next + 64 - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    return address;
  }

  /** A view of floats; valid until the next allocation. */
  floats(address: Address, count: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, address, count);
  }

  /** A view of integers; valid until the next allocation. */
  integers(address: Address, count: number): Int32Array {
    return new Int32Array(this.kernels.memory.buffer, address, count);
  }

  storeFloats(values: ArrayLike<number>): Address {
    const address = this.allocate(values.length);
    this.floats(address, values.length).set(values);
    return address;
  }

  storeIntegers(values: Int32Array): Address {
    const address = this.allocate(values.length);
    this.integers(address, values.length).set(values);
    return address;
  }

  /** Makes products of this depth possible: called while building, so that an epoch allocates nothing. */
  reserveDepth(depth: number): void {
    if (depth > this.#panel.depth) this.#panel = { address: this.allocate(8 * depth + 8), depth };
  }

  /** C[m, n] = (or +=) A[m, k] · B[k, n]. */
  productNN(size: ProductSize, a: Address, b: Address, c: Address, accumulate = false): void {
    const { m, n, k } = size;
    this.kernels.product(m, n, k, a, k, 1, b, n, 1, c, accumulate ? 1 : 0, this.#panel.address);
  }

  /** C[m, n] = (or +=) A[m, k] · B[n, k]ᵀ. */
  productNT(size: ProductSize, a: Address, b: Address, c: Address, accumulate = false): void {
    const { m, n, k } = size;
    this.kernels.product(m, n, k, a, k, 1, b, 1, k, c, accumulate ? 1 : 0, this.#panel.address);
  }

  /** C[m, n] = (or +=) A[k, m]ᵀ · B[k, n]. */
  productTN(size: ProductSize, a: Address, b: Address, c: Address, accumulate = false): void {
    const { m, n, k } = size;
    this.kernels.product(m, n, k, a, 1, m, b, n, 1, c, accumulate ? 1 : 0, this.#panel.address);
  }
}

/** Rows and columns of C and the depth that is summed over; reserve the depth first. */
export interface ProductSize {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

function align(address: number): number {
  return Math.ceil(address / 16) * 16;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

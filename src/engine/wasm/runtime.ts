import { plainSimd, relaxedSimd } from "./build/kernels.js";

/** A byte address in wasm memory. Arrays start at multiples of 64 bytes (a cache line) and are padded to whole vectors of four floats. */
export type Address = number;

/** The compiled kernels (see `kernels/`): addresses and counts in, nothing allocated. Flags are 0 or 1. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  heapBase(): Address;
  elementary(kind: number, n: number, x: Address, out: Address): void;
  product(...arguments_: ProductArguments): void;
  productLarge(...arguments_: [...ProductArguments, packed: Address]): void;
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
  activateWithBias(
    kind: number,
    rows: number,
    columns: number,
    x: Address,
    bias: Address,
    out: Address,
  ): void;
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
  softmaxRows(rows: number, index: Address, k: number, v: Address, w: Address): void;
  softmaxBackward(rows: number, index: Address, k: number, w: Address, dw: Address, dv: Address): void;
  differences(n: number, columns: number, table: Address, left: Address, right: Address, out: Address): void;
  addDifferences(n: number, columns: number, d: Address, left: Address, right: Address, table: Address): void;
  differencesAndSums(
    ...a: [
      n: number,
      columns: number,
      table: Address,
      left: Address,
      right: Address,
      points: Address,
      user: Address,
      ...out: [difference: Address, sum: Address],
    ]
  ): void;
  sumsBackward(
    ...a: [
      n: number,
      columns: number,
      dScore: Address,
      q: Address,
      user: Address,
      difference: Address,
      dPoints: Address,
    ]
  ): void;
  rowDots(n: number, columns: number, x: Address, y: Address, score: Address): void;
  rowDotsBackward(
    ...a: [n: number, columns: number, x: Address, y: Address, dScore: Address, dx: Address, dy: Address]
  ): void;
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
  placeOnSimplex(
    ...a: [
      users: number,
      k: number,
      from: Address,
      agreement: Address,
      weight: Address,
      prior: number,
      most: number,
      room: Address,
      w: Address,
      gaps: Address,
    ]
  ): void;
  zero(address: Address, bytes: number): void;
}

type Operands = [
  a: Address,
  aRow: number,
  aDepth: number,
  b: Address,
  bDepth: number,
  bColumn: number,
  c: Address,
];

type ProductArguments = [
  m: number,
  n: number,
  k: number,
  ...operands: Operands,
  accumulate: number,
  panel: Address,
];

interface Scratch {
  readonly address: Address;
  readonly size: number;
}

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
  readonly #start: Address;
  #next: Address;
  /** Where memory begins that nobody has used. */
  #fresh: Address;
  #panel: Scratch = { address: 0, size: -1 };
  #packed: Scratch = { address: 0, size: -1 };

  constructor(module: WebAssembly.Module) {
    this.kernels = new WebAssembly.Instance(module, {}).exports as unknown as Kernels;
    this.#start = align(this.kernels.heapBase());
    this.#next = this.#start;
    this.#fresh = this.#start;
  }

  /** Takes back every room that was handed out. */
  clear(): void {
    this.#next = this.#start;
    this.#panel = { address: 0, size: -1 };
    this.#packed = { address: 0, size: -1 };
  }

  /** Bytes of memory that this instance holds. */
  get bytes(): number {
    return this.kernels.memory.buffer.byteLength;
  }

  /** Room for `count` 32-bit values, zeroed. */
  allocate(count: number): Address {
    const address = this.#next;
    this.#next = align(address + 4 * count);
    const { memory } = this.kernels;
    const missing = this.#next + 64 - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    const used = Math.min(this.#fresh, this.#next);
    if (address < used) this.kernels.zero(address, used - address);
    this.#fresh = Math.max(this.#fresh, this.#next);
    return address;
  }

  /** A view of floats; valid until the next allocation. */
  floats(address: Address, count: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, address, count);
  }

  /** A view of float64; valid until the next allocation. */
  doubles(address: Address, count: number): Float64Array {
    return new Float64Array(this.kernels.memory.buffer, address, count);
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

  /** Makes products among these sides possible, in any role: called while building, so that an epoch allocates nothing. */
  reserveProducts(...sides: number[]): void {
    const [deepest, second] = [...sides].sort((x, y) => y - x);
    const [panel, packed] = [8 * deepest + 40, deepest * second];
    if (panel > this.#panel.size) this.#panel = { address: this.allocate(panel), size: panel };
    if (packed > this.#packed.size) this.#packed = { address: this.allocate(packed), size: packed };
  }

  /** Room of products, after {@link reserveProducts}. */
  get products(): { readonly panel: Address; readonly packed: Address } {
    return { panel: this.#panel.address, packed: this.#packed.address };
  }
}

function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

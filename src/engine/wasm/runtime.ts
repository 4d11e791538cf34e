import { InputError } from "../../core/index.js";
import { plainSimd, relaxedSimd } from "./build/kernels.js";

/** A byte address in wasm memory. Arrays start at multiples of 64 bytes (a cache line) and are padded to whole vectors of four floats. */
export type Address = number;

// prettier-ignore
type KernelName =
  | "activate" | "activateBackward" | "activateWithBias" | "adam" | "addBias" | "addColumns"
  | "attention" | "attentionBackward" | "multiply" | "rowCosines" | "rowCosinesBackward" | "scale"
  | "addDifferences" | "attendTo" | "attendToBackward" | "layerNorm" | "layerNormBackward" | "pack" | "packBackward" | "columns" | "columnsBackward" | "gaussianKl" | "gaussianKlBackward" | "gaussianSample"
  | "gaussianSampleBackward" | "penaltyWithGradient" | "segmentMean" | "segmentMeanBackward" | "subtract" | "cosineBackward" | "cosineScore" | "differences" | "differencesAndSums"
  | "distanceBackward" | "distanceScore" | "distinct" | "dropout" | "elementary" | "finishRows" | "gatherRows"
  | "gaussianBackward" | "gaussianScore" | "orderBackward" | "orderScore"
  | "heapBase" | "innerBackward" | "innerScore" | "lossWithGradient" | "mixRows" | "mixRowsBackward"
  | "placeOnSimplex" | "product" | "productLarge" | "rowDots" | "rowDotsBackward" | "scatterAddRows"
  | "shuffle" | "softmaxBackward" | "softmaxRows" | "sumsBackward" | "take" | "zero";

/**
 * The compiled kernels (see `kernels/`, which says what each takes): addresses and counts in, nothing allocated. Flags are 0 or 1. Those that
 * return nothing return undefined.
 */
export type Kernels = { readonly memory: WebAssembly.Memory } & {
  readonly [name in KernelName]: (...given: readonly number[]) => number;
};

interface Scratch {
  readonly address: Address;
  readonly size: number;
}

export type Build = "plain" | "relaxed";

const compiled = new Map<Build, Promise<WebAssembly.Module>>();

/** Compiles the kernels, once a build. @throws WebAssembly.CompileError when the runtime lacks relaxed SIMD and that build was asked for */
export function compileKernels(build: Build): Promise<WebAssembly.Module> {
  const known = compiled.get(build) ?? WebAssembly.compile(bytesOf(build));
  compiled.set(build, known);
  return known;
}

const supported = new Map<Build, boolean>();

/** Whether this JavaScript engine runs a build (relaxed SIMD: Node >= 22 and browsers). */
export function isSupported(build: Build): boolean {
  const known = supported.get(build) ?? WebAssembly.validate(bytesOf(build));
  supported.set(build, known);
  return known;
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

  /** Room for `count` 32-bit values, zeroed. @throws InputError where memory has none */
  allocate(count: number): Address {
    const address = this.#next;
    const next = align(address + 4 * count);
    const missing = next + 64 - this.bytes;
    if (missing > 0) this.#grow(missing);
    this.#next = next;
    const used = Math.min(this.#fresh, this.#next);
    if (address < used) this.kernels.zero(address, used - address);
    this.#fresh = Math.max(this.#fresh, this.#next);
    return address;
  }

  /** @throws InputError where memory has no room for so much */
  #grow(missing: number): void {
    const { memory } = this.kernels;
    try {
      memory.grow(Math.ceil(missing / 65536));
    } catch (cause) {
      const [wanted, limit] = [memory.buffer.byteLength + missing, 2 ** 32].map((n) =>
        (n / 2 ** 30).toFixed(1),
      );
      throw new InputError(
        `engine: this model and these data need ${wanted} GiB at once, and an engine holds at most ${limit} GiB (less where the machine ` +
          "has less free); take fewer dimensions, prototypes or comparisons",
        { cause },
      );
    }
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
    const [panel, packed] = [Math.max(8 * deepest, 8192) + 40, deepest * second];
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

function bytesOf(build: Build): Uint8Array<ArrayBuffer> {
  const text = atob(build === "plain" ? plainSimd : relaxedSimd);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

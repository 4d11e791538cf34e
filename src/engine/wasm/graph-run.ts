import { compile, fixed, Trace, type Node, type Place, type Target } from "../../graph/index.js";
import { BoundPlan } from "./bound-plan.js";
import { sourceNode } from "./feeds/pair-inputs.js";
import { compileKernels, Runtime, type Address } from "./runtime.js";

/** What a graph is written with: operations, and what it is fed with. Names are each source's own. */
export interface GraphSources {
  readonly ops: Trace;
  /** Numbers that are set before a run, [rows, columns]. */
  input(name: string, rows: number, columns: number): Node;
  /** The same, whose gradient is asked for. */
  trained(name: string, rows: number, columns: number): Node;
  /** Row numbers that stay as they are. */
  place(name: string, rows: Int32Array): Place;
  /** Where sets of rows begin, and where the last one ends. */
  sets(name: string, from: Int32Array): Place;
}

/** What a graph computes: its result, and what may be wanted beside it. */
export interface GraphResults {
  readonly result: Node;
  readonly beside?: Node;
}

/** A graph of one's own, run by the kernels: numbers in, a result out, and gradients back. All room is taken when it is made. */
export class GraphRun {
  readonly #runtime: Runtime;
  readonly #plan: BoundPlan;
  readonly #sizes = new Map<string, number>();
  readonly #at = new Map<string, Address>();

  /** @param caller for messages about shapes that do not fit */
  constructor(runtime: Runtime, caller: string, write: (sources: GraphSources) => GraphResults) {
    this.#runtime = runtime;
    const room = (name: string, size: number): void => {
      if (this.#at.has(name)) return;
      this.#sizes.set(name, size);
      this.#at.set(name, runtime.allocate(size));
    };
    const value = (name: string, size: number): ReturnType<typeof fixed> => {
      room(name, size);
      return fixed(name, size);
    };
    const integers = (name: string, values: Int32Array): Place["buffer"] => {
      const buffer = value(name, values.length);
      runtime.integers(this.#addressOf(name), values.length).set(values);
      return buffer;
    };
    const { result, beside } = write({
      ops: new Trace(caller),
      input: (name, rows, columns) => sourceNode(value(name, rows * columns), rows, columns),
      trained: (name, rows, columns) =>
        sourceNode(value(name, rows * columns), rows, columns, {
          gradient: value(`gradient ${name}`, rows * columns),
        }),
      place: (name, rows) => ({ buffer: integers(name, rows), rows: rows.length }),
      sets: (name, from) => ({ buffer: integers(name, from), rows: from.length - 1 }),
    });
    const to = (name: string, { rows, columns }: Node): Target => {
      const size = Number(rows) * columns;
      return { value: value(name, size), gradient: value(`gradient ${name}`, size) };
    };
    const plan = compile(
      result,
      to("result", result),
      beside === undefined ? undefined : { node: beside, to: to("beside", beside) },
    );
    this.#plan = new BoundPlan(runtime, plan, (name) => this.#addressOf(name));
  }

  /** Sets a source, or the gradient of the result ("gradient result") or of what is beside it ("gradient beside"). */
  set(name: string, values: ArrayLike<number>): void {
    this.read(name).set(values);
  }

  /** Numbers of a source, of "result" or "beside", or of a gradient ("gradient …"): a view, valid until the next run. */
  read(name: string): Float32Array {
    return this.#runtime.floats(this.#addressOf(name), this.#sizes.get(name) ?? 0);
  }

  forward(): void {
    this.#plan.forward();
  }

  /** Of the forward pass just run, from the gradients of the results. */
  backward(): void {
    this.#plan.backward();
  }

  #addressOf(name: string): Address {
    const found = this.#at.get(name);
    if (found === undefined)
      throw new Error(`internal: no ${name} in this graph; there are ${[...this.#at.keys()].join(", ")}`);
    return found;
  }
}

/** A {@link GraphRun} with kernels and memory of its own. */
export async function createGraphRun(
  caller: string,
  write: (sources: GraphSources) => GraphResults,
): Promise<GraphRun> {
  return new GraphRun(new Runtime(await compileKernels("plain")), caller, write);
}

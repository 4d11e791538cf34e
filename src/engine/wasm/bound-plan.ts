import {
  capacityOf,
  placeBuffers,
  type Buffer,
  type Instruction,
  type Plan,
  type Program,
} from "../../graph/index.js";
import { BINDINGS, type Scratch, type Step } from "./bind.js";
import type { Address, Runtime } from "./runtime.js";

interface Bound {
  readonly forward: readonly Step[];
  readonly backward: readonly Step[];
  addressOf(buffer: Buffer): Address;
}

/** A plan with room and addresses: nothing is allocated when it runs. */
export class BoundPlan {
  /** Set before each step of training. */
  readonly chance = { word: 0 };
  readonly main: Bound;
  readonly #other?: Bound;
  readonly #when?: NonNullable<Plan["alternative"]>["when"];
  #last: Bound;

  /**
   * @param fixedAt where the engine's own buffers lie
   * @param reuse whether buffers share room when they are not alive together
   */
  constructor(runtime: Runtime, plan: Plan, fixedAt: (name: string) => Address, reuse = true) {
    const programs: Program[] = [plan, ...(plan.alternative === undefined ? [] : [plan.alternative])];
    const placements = programs.map((program) => placeBuffers(program, reuse));
    const arena = runtime.allocate(Math.max(...placements.map(({ size }) => size)));
    for (const program of programs)
      for (const call of [...program.forward, ...program.backward]) reserve(runtime, call);
    const constants = new Map<Buffer, Address>();
    const constantAt = (buffer: Buffer, values: Float32Array): Address => {
      const at = constants.get(buffer) ?? runtime.storeFloats(values);
      constants.set(buffer, at);
      return at;
    };
    const scratch: Scratch = { kernels: runtime.kernels, ...runtime.products, chance: this.chance };
    const bound = programs.map((program, i): Bound => {
      const { offsets } = placements[i];
      const addressOf = (buffer: Buffer): Address => {
        if (buffer.part !== undefined) return addressOf(buffer.part.of) + 4 * buffer.part.offset;
        if (buffer.constant !== undefined) return constantAt(buffer, buffer.constant);
        return buffer.fixed ? fixedAt(buffer.name) : arena + 4 * (offsets.get(buffer) ?? 0);
      };
      const bind = (call: Instruction): Step =>
        BINDINGS[call.name](
          scratch,
          call.rows.map((rows) => (typeof rows === "number" ? { count: rows } : rows)),
          call.at.map(addressOf),
          call.numbers,
        );
      return { forward: program.forward.map(bind), backward: program.backward.map(bind), addressOf };
    });
    this.main = bound[0];
    this.#other = bound.at(1);
    this.#when = plan.alternative?.when;
    this.#last = this.main;
  }

  forward(): void {
    const other = this.#other;
    const when = this.#when;
    this.#last =
      other !== undefined && when !== undefined && when.more.count > when.less.count ? other : this.main;
    run(this.#last.forward);
  }

  /** Of the forward pass just run. */
  backward(): void {
    run(this.#last.backward);
  }
}

function run(steps: readonly Step[]): void {
  for (let i = 0; i < steps.length; i++) steps[i]();
}

function reserve(runtime: Runtime, { name, rows }: Instruction): void {
  if (name.startsWith("product")) runtime.reserveProducts(...rows.map(capacityOf));
}

/** The names of the engine's own buffers that a plan reads or writes. */
export function fixedNames(plan: Plan): ReadonlySet<string> {
  const names = new Set<string>();
  for (const program of [plan, plan.alternative])
    for (const { at } of [...(program?.forward ?? []), ...(program?.backward ?? [])])
      for (const buffer of at) if (buffer.fixed) names.add((buffer.part?.of ?? buffer).name);
  return names;
}

import { describe, expect, test } from "vitest";
import type { Matrix } from "../../graph/fixtures/float64-ops.js";
import { compile, fixed, lifetimes, Trace, type Extent, type Node, type Place } from "../../graph/index.js";
import { BoundPlan } from "./bound-plan.js";
import { sourceNode } from "./feeds/pair-inputs.js";
import { BUILDS, createRuntime } from "./fixtures/builds.js";
import {
  float64,
  PRIMITIVES,
  REWRITTEN,
  twice,
  world,
  type Inputs,
  type Make,
  type World,
} from "./fixtures/graphs.js";

/** Rows of a batch. */
const EXTENTS = [0, 1, 3, 4, 5, 17];
const STEP = 1e-5;

/** Value and gradients by a plan; what is freed is poisoned with NaN, or nothing is ever freed. */
async function planned(
  build: (typeof BUILDS)[number],
  make: Make,
  at: World,
  { reuse, choose = compile }: { readonly reuse: boolean; readonly choose?: typeof compile },
) {
  const runtime = await createRuntime(build);
  const addresses = new Map<string, number>();
  const rows: Extent = { name: "rows", capacity: 17, count: at.values.get("x")?.rows ?? 0 };
  const room = (name: string, size: number): number => {
    const address = runtime.allocate(size);
    addresses.set(name, address);
    return address;
  };
  const ofBatch = new Set(["x", "y", "w", "noise"]);
  const place = (name: string): Place => ({ rows, buffer: fixed(name, 17) });
  const fill = (name: string, values: Int32Array): Place => {
    runtime.integers(room(name, 18), values.length).set(values);
    return place(name);
  };
  const everyRow: Place = { rows: 3, buffer: fixed("every row", 3) };
  runtime.integers(room("every row", 3), 3).set([0, 1, 2]);
  const node = (name: string, value: Matrix): Node => {
    const capacity = ofBatch.has(name) ? 17 : value.rows;
    const size = capacity * value.columns;
    const [v, g] = [`value ${name}`, `gradient ${name}`];
    runtime.floats(room(v, size), value.values.length).set(value.values);
    runtime.floats(room(g, size), size).fill(NaN);
    const own = fixed(v, size);
    if (name === "features") {
      const pairs = { left: place("left"), right: place("right") };
      return new Trace("test").rows(sourceNode(own, value.rows, value.columns, { pairs }), everyRow);
    }
    const more = name === "noise" ? {} : { gradient: fixed(g, size) };
    return sourceNode(own, ofBatch.has(name) ? rows : value.rows, value.columns, more);
  };
  fill("left", at.places.get("index") ?? new Int32Array());
  fill("right", at.places.get("other") ?? new Int32Array());
  const inputs = Object.fromEntries([
    ...[...at.values].map(([name, value]) => [name, node(name, value)] as const),
    ...[...at.places].map(([name, values]) => [name, fill(name, values)] as const),
  ]) as unknown as Omit<Inputs<Node, Place>, "ops">;
  const result = make({ ...inputs, ops: new Trace("test") });
  const size = 17 * result.columns;
  const program = choose(result, { value: fixed("out", size), gradient: fixed("dOut", size) });
  const [out, dOut] = [room("out", size), room("dOut", size)];
  const count = rows.count * result.columns;
  runtime.floats(dOut, count).set(slopes(count));
  const plan = new BoundPlan(runtime, program, (name) => addresses.get(name) ?? NaN, reuse);
  const poison = (time: number): void => {
    for (const { buffer, to } of lifetimes(program))
      if (reuse && to === time) runtime.floats(plan.main.addressOf(buffer), buffer.size).fill(NaN);
  };
  [...plan.main.forward, ...plan.main.backward].forEach((step, time) => {
    step();
    poison(time);
  });
  const used = new Set(program.backward.flatMap((call) => call.at.map(({ name }) => name)));
  const gradients = new Map(
    [...at.values]
      .filter(([name]) => used.has(`gradient ${name}`))
      .map(([name, { values }]) => [
        name,
        runtime.floats(addresses.get(`gradient ${name}`) ?? 0, values.length).slice(),
      ]),
  );
  return { value: runtime.floats(out, count).slice(), gradients };
}

/** The gradient that comes from above: different for every entry. */
function slopes(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => Math.cos(i + 1));
}

function objective(make: Make, at: World): number {
  const { values } = float64(make, at);
  const above = slopes(values.length);
  return values.reduce((sum, value, i) => sum + value * above[i], 0);
}

function difference(make: Make, at: World, name: string, i: number): number {
  const given = at.values.get(name) as Matrix;
  const moved = (by: number): number => {
    const values = given.values.slice();
    values[i] += by;
    return objective(make, { ...at, values: new Map([...at.values, [name, { ...given, values }]]) });
  };
  return (moved(STEP) - moved(-STEP)) / (2 * STEP);
}

describe.each(BUILDS)("%s build", (build) => {
  describe.each(Object.entries(PRIMITIVES))("%s", (_, make) => {
    test.each(EXTENTS)("on %i rows: its meaning, and its gradient, writing and adding", async (rows) => {
      const at = world(rows);
      for (const form of [make, twice(make)]) {
        const got = await planned(build, form, at, { reuse: true });
        const expected = float64(form, at);
        got.value.forEach((value, i) => expect(Math.abs(value - expected.values[i])).toBeLessThan(2e-5));
        expect(got.value).toHaveLength(expected.values.length);
        for (const [name, gradient] of got.gradients) {
          gradient.forEach((value, i) => {
            expect(Math.abs(value - difference(form, at, name, i)), `${name}[${i}]`).toBeLessThan(2e-4);
          });
        }
        expect(await planned(build, form, at, { reuse: false })).toEqual(got);
      }
    });

    test("every input that it depends on gets a gradient", async () => {
      const at = world(17);
      const { gradients } = await planned(build, make, at, { reuse: true });
      for (const [name, { values }] of at.values) {
        if (name === "noise") continue;
        const depends = values.some((__, i) => Math.abs(difference(make, at, name, i)) > 1e-6);
        if (depends) expect(gradients.has(name), name).toBe(true);
      }
      expect(gradients.size).toBeGreaterThan(0);
    });
  });

  describe.each(Object.entries(REWRITTEN))("rewritten: %s", (_, { make, choose }) => {
    test.each(EXTENTS)("on %i rows: the same as before, and its gradient", async (rows) => {
      const at = world(rows);
      const before = await planned(build, make, at, { reuse: true });
      for (const form of [make, twice(make)]) {
        const got = await planned(build, form, at, { reuse: true, choose: form === make ? choose : compile });
        const expected = float64(form, at);
        // of the largest: float32 keeps seven digits, and the scores here reach 1200
        const scale = Math.max(1, ...expected.values.map(Math.abs));
        got.value.forEach((value, i) =>
          expect(Math.abs(value - expected.values[i]) / scale).toBeLessThan(2e-6),
        );
        expect([...got.gradients.keys()]).toEqual([...before.gradients.keys()]);
        for (const [name, gradient] of got.gradients) {
          const largest = Math.max(1, ...gradient.map(Math.abs));
          gradient.forEach((value, i) => {
            const error = Math.abs(value - difference(form, at, name, i));
            expect(error / largest, `${name}[${i}]`).toBeLessThan(2e-4);
          });
        }
      }
      expect(await planned(build, make, at, { reuse: false, choose })).toEqual(
        await planned(build, make, at, { reuse: true, choose }),
      );
    });
  });
});

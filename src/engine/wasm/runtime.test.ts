import { expect, test } from "vitest";
import { InputError } from "../../core/index.js";
import { createRuntime } from "./fixtures/builds.js";

test("more than memory holds is refused with how much it is, and what was there goes on working", async () => {
  const runtime = await createRuntime("plain");
  const kept = runtime.storeFloats([1, 2, 3]);
  for (const gibibytes of [5, 5000])
    expect(() => runtime.allocate((gibibytes * 2 ** 30) / 4)).toThrow(
      new InputError(
        `engine: this model and these data need ${gibibytes}.0 GiB at once, and an engine holds at most 4.0 GiB (less where the machine has less free); take fewer dimensions, prototypes or comparisons`,
      ),
    );
  const next = runtime.storeFloats([4, 5]);
  expect(next).toBeGreaterThan(kept);
  expect([...runtime.floats(kept, 3), ...runtime.floats(next, 2)]).toEqual([1, 2, 3, 4, 5]);
});

import { describe, expect, test } from "vitest";
import type { RecordRow } from "../core/index.js";
import { heaviestPrototype } from "./heaviest-prototype.js";
import { kByValidation } from "./k-by-validation.js";

const row = (more: Partial<RecordRow>): RecordRow => ({ seed: 1, split: "seen", accuracy: 0.9, ...more });

describe("kByValidation", () => {
  const at = (k: number, ...validation: number[]): RecordRow[] =>
    validation.map((value, i) => row({ k, seed: i, validation: value }));

  test("takes the smallest K that is as good as the best, not the best itself", () => {
    // best mean 0.960 at K = 4, its standard error 0.002: 0.958 at K = 3 is within 0.005, 0.940 at K = 2 is not
    expect(kByValidation([...at(2, 0.94, 0.94), ...at(3, 0.957, 0.959), ...at(4, 0.958, 0.962)])).toBe(3);
  });

  test("a noisy best widens what counts as equal", () => {
    // best mean 0.95 at K = 3 with deviation 0.0707 over 2 runs: standard error 0.05
    expect(kByValidation([...at(1, 0.8, 0.8), ...at(2, 0.91, 0.91), ...at(3, 0.9, 1)])).toBe(2);
  });

  test("looks at validation alone, and says so when there is none", () => {
    expect(
      kByValidation(
        [...at(1, 0.99), ...at(2, 0.5)].map((each) => ({ ...each, accuracy: each.k === 2 ? 1 : 0 })),
      ),
    ).toBe(1);
    expect(kByValidation([row({ k: 1 })])).toBeUndefined();
  });
});

test("the heaviest prototype of each user is found", () => {
  expect(heaviestPrototype([0.1, 0.7, 0.2, 0.5, 0.3, 0.2], 2)).toEqual([1, 0]);
  expect(heaviestPrototype([], 2)).toEqual([-1, -1]);
});

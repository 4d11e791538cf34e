import { expect, test } from "vitest";
import { isInShard, parseShard } from "./shard.js";

test.each([
  ["1/1", 1, 1],
  ["3/50", 3, 50],
  ["50/50", 50, 50],
])("%s is a part of a sweep", (text, index, count) => {
  expect(parseShard(text)).toEqual({ index, count });
});

test.each(["0/4", "5/4", "1/0", "-1/4", "1.5/4", "3", "a/b", "3 / 4", ""])("%o is none", (text) => {
  expect(() => parseShard(text)).toThrow(/^shard must be i\/n with 1 <= i <= n, such as 3\/50/);
});

test.each([
  [{ ID: "1", MIN: "1", STEP: "1", COUNT: "50" }, 1, 50],
  [{ ID: "0", MIN: "0", STEP: "1", COUNT: "8" }, 1, 8],
  [{ ID: "14", MIN: "10", STEP: "2", COUNT: "5" }, 3, 5],
  [{ ID: "7", COUNT: "8" }, 7, 8],
])("slurm: the array's variables %o", (variables, index, count) => {
  expect(parseShard("slurm", slurm(variables))).toEqual({ index, count });
});

test("slurm: outside a job array, and in one of unequal steps, it says what is wrong", () => {
  expect(() => parseShard("slurm", {})).toThrow("SLURM_ARRAY_TASK_ID, which is undefined");
  expect(() => parseShard("slurm", slurm({ ID: "9", MIN: "1", STEP: "1", COUNT: "3" }))).toThrow(
    "needs an array of equal steps",
  );
  expect(() => parseShard("slurm", slurm({ ID: "4", MIN: "1", STEP: "2", COUNT: "3" }))).toThrow(
    "equal steps",
  );
});

test("shards together have every run once", () => {
  for (const count of [1, 3, 7]) {
    const owners = Array.from({ length: 20 }, (_, place) =>
      Array.from({ length: count }, (__, i) => i + 1).filter((index) => isInShard(place, { index, count })),
    );
    for (const each of owners) expect(each).toHaveLength(1);
    expect(new Set(owners.flat()).size).toBe(count);
  }
});

function slurm(variables: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(variables).map(([key, value]) => [`SLURM_ARRAY_TASK_${key}`, value]),
  );
}

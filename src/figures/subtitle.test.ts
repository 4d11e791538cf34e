import { expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../core/index.js";
import { subtitleOf } from "./subtitle.js";

const row = (seed: number): RecordRow => ({ seed, split: "seen", accuracy: 0.5 });
const record = (given: Partial<FigureRecord> & { readonly names?: readonly string[] }): FigureRecord =>
  figureRecord({
    ...{ id: "a", claim: "A", caption: "", profile: "full", config: {}, engine: "none", rows: [] },
    ...given,
    data: (given.names ?? []).map((name) => ({ name, sha256: "0", source: "simulated" })),
  });

test.each<[string, Parameters<typeof record>[0]]>([
  ["", {}],
  ["votes.csv · 122 users · 1802 answers", { names: ["votes.csv"], config: { users: 122, answers: 1802 } }],
  ["n = 3 seeds", { rows: [row(1), row(2), row(3)] }],
  ["one seed", { rows: [row(4)] }],
  ["K* = 3 · one seed · fast profile", { rows: [row(4)], config: { kStar: 3 }, profile: "fast" }],
  ["worlds (red, blue)", { names: ["worlds (red)", "worlds (blue)", "worlds (red)"] }],
  ["groups, 5 sets", { names: [1, 2, 3, 4, 5].map((seed) => `groups, seed ${seed}`) }],
  ["persona, 5 sets", { names: ["art", "math", "music", "dance", "law"].map((name) => `persona/${name}`) }],
  ["a.csv, b.csv", { names: ["a.csv", "b.csv"] }],
  ["x.csv and 2 more", { names: ["x.csv", "y.csv", "z.csv"] }],
])("%j", (words, given) => expect(subtitleOf(record(given))).toBe(words));

test("of sweeps it says what no sweep varies, and all have alike", () => {
  const sweep = (comparisonsPerUser: number, k: readonly number[]): object => ({
    base: { comparisonsPerUser, kStar: 3, users: 50 },
    grid: { users: k },
  });
  const config = { sweeps: [sweep(20, [1]), sweep(40, [2])] } as unknown as FigureRecord["config"];
  expect(subtitleOf(record({ config }))).toBe("K* = 3");
});

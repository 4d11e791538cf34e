import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { simulateIdealPoints } from "../../data/index.js";
import type { UserSums } from "../by-user.js";
import { chooseFromHalves, sureness, type Ladder } from "./climb.js";
import { bestOf, difference, FLOOR, isBetter, smallestGoodK } from "./choose.js";
import { methodContext } from "./context.js";
import type { MethodJob } from "./methods.js";

/** Users who differ much from each other: what all K share. */
const level = Float64Array.from(randomStream(1).normals(40), (value) => -6 + 3 * value);
const at = (gain: (user: number) => number): UserSums => ({
  value: level.map((value, u) => value + 10 * gain(u)),
  weight: new Float64Array(40).fill(10),
});
const ks = (...gains: ((user: number) => number)[]): { k: number; nats: UserSums }[] =>
  gains.map((gain, i) => ({ k: i + 1, nats: at(gain) }));

describe("the smallest K as good as the best", () => {
  test("gains are paired: what every user gains counts, however much users differ", () => {
    const measured = ks(() => 0, () => 0.02, () => 0.04); // prettier-ignore
    expect(smallestGoodK(measured).k).toBe(3);
    expect(difference(measured[2].nats, measured[0].nats).mean).toBeCloseTo(0.04, 12);
    expect(difference(measured[2].nats, measured[0].nats).standardError).toBeCloseTo(0, 12);
  });

  test("a gain below the floor is none, however sure", () => {
    const measured = ks(() => 0, () => 0.9 * FLOOR); // prettier-ignore
    expect([bestOf(measured).k, smallestGoodK(measured).k]).toEqual([2, 1]);
    expect(smallestGoodK(ks(() => 0, () => 1.1 * FLOOR)).k).toBe(2); // prettier-ignore
  });

  test("a gain within its standard errors is none, however large", () => {
    // half the users gain .21, half lose .19: mean .01, standard error .2 / sqrt(39) = .032
    const unsure = (u: number): number => (u % 2 === 0 ? 0.21 : -0.19);
    const measured = ks(() => 0, unsure);
    expect(difference(measured[1].nats, measured[0].nats).standardError).toBeCloseTo(0.2 / Math.sqrt(39), 10);
    expect(smallestGoodK(measured).k).toBe(1);
    // mean .05 is 1.56 of the same standard errors
    const surer = ks(() => 0, (u) => unsure(u) + 0.04); // prettier-ignore
    expect([smallestGoodK(surer).k, smallestGoodK(surer, 2).k]).toEqual([2, 1]);
    expect([isBetter(surer[1].nats, surer[0].nats), isBetter(surer[1].nats, surer[0].nats, 2)]).toEqual([
      true,
      false,
    ]);
  });
});

test.each([
  [[2, 2, 2, 2, 2, 2, 2, 2, 2, 3], false, "sure"],
  [[2, 2, 2, 2, 2, 2, 2, 2, 3, 3], false, "fairly sure"],
  [[2, 2, 2, 2, 2, 2, 2, 1, 3, 3], false, "fairly sure"],
  [[2, 2, 2, 2, 2, 2, 1, 1, 3, 3], false, "not sure"],
  [[2, 2, 2, 2, 2, 2, 2, 2, 2, 2], true, "not sure"],
] as const)("halves %j of K = 2, at the edge: %s", (halves, atEdge, words) => {
  expect(sureness(halves, 2, atEdge)).toBe(words);
});

test("each half is other users, trained and asked with no answer of the rest, and its own K counts", async () => {
  const data = simulateIdealPoints({
    ...{ dimension: 4, prototypes: 2, users: 20, comparisonsPerUser: 12, setting: "partition" },
    ...{ pairs: "shared", noise: { slope: 1 }, seed: 3 },
  });
  const candidate = { method: "latent-classes", basis: "ids", k: 2 } as const;
  const nats: UserSums = { value: new Float64Array(20), weight: new Float64Array(20).fill(1) };
  const ladder = {
    shown: candidate,
    byK: { "latent-classes": [1, 2, 3].map((k) => ({ k, candidate: { ...candidate, k }, nats })) },
  } as unknown as Ladder;
  const seen: (readonly MethodJob[])[] = [];
  const chosen = await chooseFromHalves(ladder, methodContext(data), {
    ...{ seed: 1, rows: Int32Array.from(data.user.keys()) },
    run: (jobs) => {
      seen.push(jobs);
      // K = 3 predicts best in the halves that hold user 0, K = 1 in the others
      return Promise.resolve(
        jobs.map(({ k, asked, train }) => {
          const best = [...train, ...asked].some((row) => data.user[row] === 0) ? 3 : 1;
          return Float64Array.from(asked, (row) => ((k === best) === data.label[row] > 0 ? 0.9 : 0.1));
        }),
      );
    },
  });
  const halves = new Map<string, Set<number>>();
  for (const { stream, train, asked } of seen.flat()) {
    const half = stream.split("/")[0];
    const users = halves.get(half) ?? new Set<number>();
    for (const row of [...train, ...asked]) users.add(data.user[row]);
    halves.set(half, users);
    expect([...train].filter((row) => asked.includes(row))).toEqual([]);
  }
  expect([...halves.values()].map(({ size }) => size)).toEqual(new Array(10).fill(10));
  expect(new Set([...halves.values()].map((users) => [...users].sort((a, b) => a - b).join())).size).toBeGreaterThan(8); // prettier-ignore
  expect(chosen).toEqual([...halves.values()].map((users) => (users.has(0) ? 3 : 1)));
});

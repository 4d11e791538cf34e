import { describe, expect, test } from "vitest";
import { selectRows, type PreferenceData } from "../preference-data.js";
import {
  bayesAccuracy,
  beliefAccuracy,
  blindAccuracy,
  didactic,
  didacticModes,
  kindPosterior,
  oracleAccuracy,
  pets,
  rankings,
  ratedWorld,
  tidy,
  type PetSentences,
  type World,
} from "./index.js";

/** The rows of every user at some places of their comparisons. */
function places(data: PreferenceData, from: number, to: number): PreferenceData {
  const each = data.label.length / data.users.length;
  const rows = [...data.user.keys()].filter((row) => row % each >= from && row % each < to);
  return selectRows(data, Int32Array.from(rows));
}

/** What exact Bayes gets of n answers, on the last eight. */
function bayes(world: World, n: number): number {
  const each = world.data.label.length / world.data.users.length;
  return bayesAccuracy(world, places(world.data, 0, n), places(world.data, each - 8, each));
}

describe("the didactic world", () => {
  const world = didactic({ users: 4000, comparisonsPerUser: 24, seed: 1 });
  const logistic = (x: number) => 1 / (1 + Math.exp(-x));
  const reward = (mode: number, x: number) => -((x - mode) ** 2) / (2 * 0.1 ** 2);
  const steps = Array.from({ length: 300 }, (_, i) => (i + 0.5) / 300);
  const modes = [0.2, 0.4, 0.6, 0.8];

  test("its ceilings are the integrals over pairs", () => {
    let [oracle, blind] = [0, 0];
    for (const a of steps)
      for (const b of steps) {
        const p = modes.map((mode) => logistic(reward(mode, b) - reward(mode, a)));
        const mean = p.reduce((x, y) => x + y, 0) / 4;
        oracle += p.reduce((sum, x) => sum + Math.max(x, 1 - x) / 4, 0) / 300 ** 2;
        blind += Math.max(mean, 1 - mean) / 300 ** 2;
      }
    // 96 000 pairs: standard errors of .0005
    expect(Math.abs(oracleAccuracy(world, world.data) - oracle)).toBeLessThan(0.002);
    expect(Math.abs(blindAccuracy(world, world.data) - blind)).toBeLessThan(0.002);
  });

  test("exact Bayes reaches what another program found for 1 to 16 answers", () => {
    // a numpy version: .782, .821, .860, .885, .900 of 1, 2, 4, 8, 16 answers
    [0.782, 0.821, 0.86, 0.885, 0.9].forEach((expected, i) =>
      expect(Math.abs(bayes(world, 2 ** i) - expected), `${2 ** i} answers`).toBeLessThan(0.006),
    );
    expect(bayes(world, 0)).toBeCloseTo(blindAccuracy(world, places(world.data, 16, 24)), 12);
  });

  test("the posterior is Bayes' rule, computed by hand, and is calibrated", () => {
    const posterior = kindPosterior(world, places(world.data, 0, 2));
    const { items, left, right, label } = places(world.data, 0, 2);
    const x = items.features ?? new Float32Array(0);
    const weight = modes.map((mode) =>
      [0, 1].reduce(
        (p, row) => p * logistic(label[row] * (reward(mode, x[right[row]]) - reward(mode, x[left[row]]))),
        1,
      ),
    );
    const total = weight.reduce((a, b) => a + b, 0);
    weight.forEach((value, kind) => expect(posterior[kind]).toBeCloseTo(value / total, 5));
    // of kinds said to have probability p, the part p is true: within four standard errors
    for (const [low, high] of [
      [0.1, 0.3],
      [0.3, 0.5],
      [0.5, 0.8],
    ]) {
      const said = [...posterior.keys()].filter((i) => posterior[i] > low && posterior[i] < high);
      const sum = said.reduce((all, i) => all + posterior[i], 0);
      const spread = Math.sqrt(said.reduce((all, i) => all + posterior[i] * (1 - posterior[i]), 0));
      const hits = said.filter((i) => world.kindOf[Math.floor(i / 4)] === i % 4).length;
      expect(Math.abs(hits - sum)).toBeLessThan(4 * spread);
    }
  });

  test("more users and the same seed change nobody who was there before; modes are evenly spread", () => {
    const few = didactic({ users: 5, comparisonsPerUser: 24, seed: 1 }).data;
    expect(few.label).toEqual(world.data.label.slice(0, 120));
    expect(few.items.features).toEqual(world.data.items.features?.slice(0, 240));
    modes.forEach((mode, m) => expect(didacticModes(4)[m]).toBeCloseTo(mode, 12));
    expect(() => didacticModes(0)).toThrow("didacticModes: modes must be an integer >= 1, got 0");
  });

  test("without noise who knows the user is always right", () => {
    const sure = didactic({ users: 40, comparisonsPerUser: 9, seed: 1, noise: "none" });
    expect(oracleAccuracy(sure, sure.data)).toBe(1);
  });
});

test("rankings: the blind ceiling is the majority's, pair by pair, and enough answers tell the ranking", () => {
  const world = rankings({ users: 500, comparisonsPerUser: 48, seed: 3 });
  const share = (a: number, b: number) =>
    world.rankings.filter((order) => order.indexOf(a) < order.indexOf(b)).length / 5;
  let blind = 0;
  for (let a = 0; a < 5; a++)
    for (let b = 0; b < a; b++) blind += Math.max(share(a, b), 1 - share(a, b)) / 10;
  expect(Math.abs(blindAccuracy(world, world.data) - blind)).toBeLessThan(0.006);
  expect(oracleAccuracy(world, world.data)).toBe(1);
  expect(bayes(world, 40)).toBeGreaterThan(0.995);
  expect(new Set(rankings({ users: 120, comparisonsPerUser: 1, seed: 1, orderings: 120 }).kinds).size).toBe(
    120,
  );
});

test("tidy: two of five objects divide the users, so half of what they agree on is certain", () => {
  const world = tidy({ users: 400, comparisonsPerUser: 30, seed: 1 });
  // three objects of five are of one shelf for both: 3/5 + 2/5 · 1/2
  expect(Math.abs(blindAccuracy(world, world.data) - 0.8)).toBeLessThan(0.02);
  // after n answers the kind is known but for (3/5)^n: then the rest is a guess
  expect(Math.abs(bayes(world, 2) - (0.8 + 0.2 * (1 - 0.6 ** 2)))).toBeLessThan(0.03);
});

describe("pets", () => {
  const animals = ["bird", "cat", "dog", "rabbit"] as const;
  const about = Array.from({ length: 40 }, (_, i) => animals[i % 4]);
  const sentences: PetSentences = {
    items: { ids: about.map((animal, i) => `${animal} ${i}`) },
    animals: about,
  };

  test.each([
    ["ten pair types", 0.75],
    ["six pair types", 11 / 12],
    ["divergent", 0.5],
  ] as const)("%s: who does not know the user is right at %s", (mix, ceiling) => {
    const world = pets({ sentences, mix, users: 2000, comparisonsPerUser: 20, seed: 1 });
    // the part of divergent questions, in 40 000 draws
    expect(Math.abs(blindAccuracy(world, world.data) - ceiling)).toBeLessThan(0.006);
    expect(oracleAccuracy(world, world.data)).toBe(1);
  });

  test("worlds of other sentences, mixes or new users have another sha256", () => {
    const shaOf = (options: Partial<Parameters<typeof pets>[0]>): string =>
      pets({ sentences, users: 4, comparisonsPerUser: 1, seed: 1, ...options }).data.source.sha256;
    const shas = [{}, { mix: "divergent" as const }, { newFrom: 2 }].map(shaOf);
    expect(new Set(shas).size).toBe(3);
    expect(shaOf({})).toBe(shas[0]);
  });

  test("one divergent answer tells the group, an agreed one nothing", () => {
    const world = pets({ sentences, users: 2, comparisonsPerUser: 1, seed: 1 });
    const ask = (left: number, right: number, label: number) => {
      const data = {
        ...world.data,
        user: Int32Array.of(0),
        left: Int32Array.of(left),
        right: Int32Array.of(right),
      };
      return [...kindPosterior(world, { ...data, label: Int8Array.of(label) })];
    };
    expect(ask(1, 2, 1)[0]).toBeCloseTo(1, 6);
    expect(ask(1, 2, -1)[1]).toBeCloseTo(1, 6);
    expect(ask(0, 3, -1)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  test("new users are asked about sentences that nobody was asked about before", () => {
    const { data } = pets({ sentences, users: 40, comparisonsPerUser: 30, newFrom: 20, seed: 1 });
    const asked = (isNew: boolean) =>
      new Set(
        [...data.user.keys()]
          .filter((row) => data.user[row] >= 20 === isNew)
          .flatMap((row) => [data.left[row], data.right[row]]),
      );
    // of ten sentences about each of four animals
    expect([asked(false).size, asked(true).size]).toEqual([32, 8]);
    expect([...asked(true)].some((item) => asked(false).has(item))).toBe(false);
  });

  test("an animal without sentences is named", () => {
    const some = { items: { ids: ["a"] }, animals: ["bird"] as const };
    expect(() => pets({ sentences: some, users: 1, comparisonsPerUser: 1, seed: 1 })).toThrow(
      "pets: sentences must be about every animal, got none about cat",
    );
  });
});

describe("rated answers", () => {
  const line = (...answers: readonly (readonly [string, string, string])[]) =>
    JSON.stringify({
      instruction: `question ${answers[0][0]}`,
      completions: answers.map(([response, helpfulness, honesty]) => ({
        response,
        annotations: { helpfulness: { Rating: helpfulness }, honesty: { Rating: honesty } },
      })),
    });
  const text = [
    // they disagree on a and b; c is rated by one alone; d ties for honesty with a, and helpfulness decides
    line(["a", "5", "1"], ["b", "2", "4"], ["c", "N/A", "5"], ["d", "3", "1"]),
    // they agree: nothing is asked
    line(["e", "5", "5"], ["f", "1", "1"]),
    "",
  ].join("\n");
  const attributes = ["helpfulness", "honesty"];
  const size = { users: 2, comparisonsPerUser: 60, seed: 1 };

  test("users judge by their attribute, on answers to the same prompt about which the attributes differ", () => {
    const { data } = ratedWorld(text, { ...size, attributes });
    expect(data.items.text).toEqual(["a", "b", "d", "e", "f"]);
    expect(data.contexts?.text).toEqual(["question a", "question e"]);
    const asked = [0, 1].map((user) => {
      const rows = [...data.user.keys()].filter((row) => data.user[row] === user);
      const name = (item: number) => data.items.text?.[item] ?? "";
      return [
        ...new Set(
          rows.map((row) => {
            const [winner, loser] =
              data.label[row] > 0 ? [data.right[row], data.left[row]] : [data.left[row], data.right[row]];
            return `${name(winner)} before ${name(loser)}`;
          }),
        ),
      ].sort();
    });
    expect(asked).toEqual([
      ["a before b", "a before d", "d before b"],
      ["b before a", "b before d"],
    ]);
  });

  test.each([
    ["[1, 2", { attributes }, "ratings:1: must be a JSON object, found"],
    ['{"instruction": "x"}', { attributes }, "must have an instruction and a list of completions"],
    [
      text,
      { attributes: ["helpfulness", "wit"] },
      'has no annotation "wit"; it has "helpfulness", "honesty"',
    ],
    [text, { attributes: ["honesty"] }, "attributes must be two at least"],
    [
      text.split("\n")[1],
      { attributes },
      "must decide some pair of answers on which the attributes disagree",
    ],
  ])("what cannot be used is said: %#", (given, options, message) => {
    expect(() => ratedWorld(given, { ...size, ...options })).toThrow(message);
  });
});

test("beliefs of another shape, and comparisons of other items, are refused", () => {
  const world = didactic({ users: 4, comparisonsPerUser: 2, seed: 1 });
  expect(() => beliefAccuracy(world, world.data, [1, 0])).toThrow(
    "beliefs must be [4, 4] for the 4 users of the world",
  );
  const other = didactic({ users: 3, comparisonsPerUser: 2, seed: 1 }).data;
  expect(() => kindPosterior(world, other)).toThrow("comparisons must be of the world's 16 items, got 12");
  expect(() => didactic({ users: 4, comparisonsPerUser: 2, seed: 1, width: 0 })).toThrow(
    "didactic: width must be a number > 0, got 0",
  );
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as pal from "pal-lab";

type Door = (...values: unknown[]) => unknown;

/** Every function and class that a program can call, by the name it is called by. */
function doors(): ReadonlyMap<string, Door> {
  const found = new Map<string, Door>();
  const walk = (prefix: string, names: object): void => {
    for (const [name, value] of Object.entries(names) as [string, unknown][]) {
      if (typeof value === "function") found.set(prefix + name, doorOf(value));
      else if (value !== null && typeof value === "object" && !Array.isArray(value))
        walk(`${prefix}${name}.`, value);
    }
  };
  walk("", pal);
  return found;
}

function doorOf(value: object): Door {
  const isClass = Function.prototype.toString.call(value).startsWith("class ");
  return (...values) =>
    isClass
      ? (Reflect.construct(value as new (...all: unknown[]) => unknown, values) as unknown)
      : (value as Door)(...values);
}

/** Made by the toolkit and thrown, never by a caller. */
const ERRORS = ["DataError", "InputError", "InterruptedError", "data.UnreachableError", "study.SweepError"];

/** What a caller without types may pass by mistake. */
const WRONG: readonly unknown[] = [undefined, null, 5, "text", {}, []];

/** What no caller should see: an error that is not about what they gave. */
async function raw(open: Door, values: readonly unknown[]): Promise<readonly string[]> {
  try {
    await open(...values);
    return [];
  } catch (error) {
    if (error instanceof pal.InputError || error instanceof pal.DataError) return [];
    return [
      `(${values.map((value) => (typeof value === "object" ? "…" : String(value))).join(", ")}): ${String(error)}`,
    ];
  }
}

const DOORS = doors();

describe("doors in plain JavaScript", () => {
  test.each([...DOORS].filter(([name]) => !ERRORS.includes(name)))(
    "%s says what is wrong, whatever comes first",
    async (_, open) => {
      const found: string[] = [];
      for (const wrong of WRONG) found.push(...(await raw(open, [wrong])));
      expect(found).toEqual([]);
    },
  );
});

const folder = mkdtempSync(join(tmpdir(), "pal-lab-doors-"));
// where figures go that are saved without a folder
const before = process.env.PAL_LAB_FIGURES;
process.env.PAL_LAB_FIGURES = folder;
afterAll(() => {
  if (before === undefined) delete process.env.PAL_LAB_FIGURES;
  else process.env.PAL_LAB_FIGURES = before;
  rmSync(folder, { recursive: true });
});

const rng = pal.randomStream(1);
const data = pal.simulateIdealPoints({
  ...{ dimension: 2, prototypes: 2, users: 8, comparisonsPerUser: 12, setting: "partition", seed: 1 },
} as const);
const points = { values: Float32Array.from({ length: 40 }, () => rng.normal()), dimension: 2 };
const votes = {
  name: "votes",
  rows: [1, 2, 3, 4].map((i) => ({ user: `u${i % 2}`, statement: `s${i}`, vote: i % 2 })),
};
const pairs = {
  name: "pairs",
  rows: [1, 2].map((i) => ({ user: `u${i}`, left: "a", right: "b", label: "left" })),
};
const items = { name: "items", rows: [{ id: "a", text: "an item" }] };
const sets = [
  { persona: "p", statements: [{ text: "I do.", agrees: true, line: 1 }] },
  { persona: "q", statements: [{ text: "I do not.", agrees: true, line: 1 }] },
] as never;
const record = pal.figureRecord({
  ...{ id: "a", claim: "b", caption: "c", profile: "fast", engine: "wasm", config: {}, data: [] },
  rows: [{ seed: 1, k: 1, accuracy: 0.5, split: "seen" }],
} as never);
const figure = { id: "a", data: [], layout: {}, alt: "", record };

/** What is right, so that one wrong value at a time shows what that argument's check says. */
async function examples(): Promise<ReadonlyMap<string, readonly [Door, readonly unknown[]]>> {
  const engine = await pal.loadEngine();
  const model = new pal.PalA({ k: 2, latentDimension: 2 });
  const fitted = await pal.fit(model, data, { engine, seed: 1, epochs: 1 });
  const state = fitted.stateOf("user-1");
  const pool = { items: data.items, left: Int32Array.of(0), right: Int32Array.of(50) };
  const answers = pal.data.selectUser(data, "user-1");
  const world = pal.data.worlds.didactic({ users: 4, comparisonsPerUser: 2, seed: 1 });
  const called: readonly (readonly [string, readonly unknown[]])[] = [
    ["splitByComparison", [data, { validation: 2, test: 2 }, rng]],
    ["splitByUser", [data, 2, rng]],
    [
      "data.splitByStatement",
      [pal.data.votesFromTable(pal.data.parseTable(votes)).data, { validation: 0.2, test: 0.2 }, rng],
    ],
    ["takePerUser", [data, 3]],
    ["data.keepUsers", [data, Int32Array.of(0)]],
    ["data.selectUser", [data, "user-1"]],
    ["data.selectRows", [data, Int32Array.of(0)]],
    ["data.embed", [["a text"], { encoder: "hash", cacheFolder: folder }]],
    ["data.embedTexts", [data, { encoder: "hash", cacheFolder: folder }]],
    ["data.writeData", [data, join(folder, "written")]],
    ["data.votesFromTable", [pal.data.parseTable(votes), {}, {}]],
    ["loadVotes", [votes, {}]],
    ["loadComparisons", [pairs, {}]],
    ["data.readItems", [items, {}]],
    ["data.personaBlindCeiling", [pal.data.personaPool(sets), Int32Array.of(0), "uniform"]],
    ["fit", [model, data, { engine, seed: 1, epochs: 1 }]],
    ["decodeModel", [fitted.save(), engine, "a name"]],
    ["rewardOf", [fitted, "user-1"]],
    ["accuracySeen", [fitted, data]],
    ["accuracyUnseen", [fitted, data, data, {}]],
    ["metrics.accuracyOf", [new Float32Array(data.label.length), data]],
    ["metrics.alignToTruth", [fitted, data]],
    ["study.scoreTest", [pal.study.methodContext(data), { seed: 1, draws: 9 }]],
    ["study.engineLearner", [data, { engine }]],
    ["study.marginalLearner", [data, {}]],
    ["study.adjustedRandIndex", [["a"], ["b"]]],
    ["study.heaviestPrototype", [[0.5, 0.5], 1]],
    ["study.pWords", [0.1, 99]],
    ["study.nextQuestion", [fitted, answers, pool, {}]],
    ["study.isEnough", [fitted, answers, pool, {}]],
    ["data.worlds.kindPosterior", [world, world.data]],
    ["data.worlds.oracleAccuracy", [world, world.data]],
    ["data.worlds.blindAccuracy", [world, world.data]],
    ["data.worlds.bayesAccuracy", [world, world.data, world.data]],
    ["data.worlds.beliefAccuracy", [world, world.data, new Float64Array(16)]],
    ["data.worlds.valueIteration", [pal.data.worlds.largeMaze(), new Float64Array(46), {}]],
    ["data.worlds.usersOf", [world, 0, 2]],
    ["policies.greedyPolicy", [pal.data.worlds.largeMaze(), new Float64Array(46), {}]],
    ["policies.successRate", [pal.data.worlds.largeMaze(), new Int32Array(46), { goal: 0 }]],
    ["tInterval", [[1, 2], 0.9]],
    ["stats.quantile", [[1, 2], 0.5]],
    ["stats.bootstrapInterval", [[1, 2], rng, {}]],
    ["maps.pca", [points, {}]],
    ["maps.procrustes", [points, points, {}]],
    ["maps.alignAffine", [points, points]],
    ["maps.applyAffine", [pal.maps.alignAffine(points, points), points]],
    ["maps.trustworthiness", [points, points, 3]],
    ["maps.umapProjection", [points, { seed: 1, nNeighbors: 3 }]],
    ["trained.weightPosterior", [fitted, pal.data.selectUser(data, "user-1"), { rng, draws: 100 }]],
    ["trained.decodeTensors", [fitted.save(), "a name"]],
    ["notebook", ["a lesson", { seed: 1 }]],
    ["figures.ownFigure", [{ data: [] }, {}]],
    ["saveFigure", [figure, folder]],
    ["show", [figure, {}]],
    ["figures.renderPng", [figure, {}]],
    ["figures.theme.axis", ["a title", {}]],
    ["figures.theme.countAxis", ["a title", [1]]],
    ["figures.theme.logAxis", ["a title", [1]]],
    ["figures.theme.panelDomain", [1, 3, 0.1]],
    ["figures.theme.panelTitle", ["a title", [0, 0.5]]],
    ["figures.theme.rgba", ["#000000", 0.5]],
    ["figures.theme.wrapText", ["a text", 5]],
    ["figures.theme.summarise", [record.rows, () => 1, () => 1]],
    ["figures.simulationAccuracyVsK", [record, () => 1]],
    ["explore", [data, { seed: 1, permutations: 0 }]],
  ];
  const methods: readonly (readonly [string, readonly unknown[]])[] = [
    ["stateOf", ["user-1"]],
    ["infer", [pal.data.selectUser(data, "user-1"), {}]],
    ["inferAll", [data, {}]],
    ["scores", [data, state]],
    ["scoresBy", [data, { user: data.user, weights: new Float32Array(16) }]],
    ["scoresOf", [data]],
    ["probabilities", [data, state]],
    ["posteriorGiven", [answers]],
    ["scoresUnderEach", [data, new Float32Array(4)]],
    ["weights", ["user-1"]],
    ["prototypes", [undefined]],
    ["idealPoint", ["user-1", undefined]],
    ["idealPointOf", [state, undefined]],
    ["latentItems", [data.items]],
  ];
  const lab = pal.notebook("a lesson") as unknown as { readonly [name: string]: Door };
  const ofLab: readonly (readonly [string, readonly unknown[]])[] = [
    ["pick", [{ fast: 1, full: 2 }]],
    ["seeds", [2]],
    ["table", [[{ a: 1 }], {}]],
    [
      "figure",
      [
        "a-figure",
        { rows: [], draw: () => ({ ...figure, id: "a-figure", record: { ...record, id: "a-figure" } }) },
        "a claim",
      ],
    ],
  ];
  const ofFitted = fitted as unknown as { readonly [name: string]: Door };
  return new Map([
    ...called.map(([name, values]) => [name, [DOORS.get(name) as Door, values]] as const),
    ...ofLab.map(
      ([name, values]) => [`lab.${name}`, [(...all: unknown[]) => lab[name](...all), values]] as const,
    ),
    ...methods.map(
      ([name, values]) =>
        [`fitted.${name}`, [(...all: unknown[]) => ofFitted[name](...all), values]] as const,
    ),
  ]);
}

describe("one wrong value among right ones", () => {
  let known: Awaited<ReturnType<typeof examples>>;
  beforeAll(async () => {
    known = await examples();
  });

  test("the examples are right", async () => {
    for (const [name, [open, values]] of known) {
      await expect((async () => void (await open(...values)))(), name).resolves.toBeUndefined();
    }
  });

  test("each argument is complained of in words", async () => {
    const found: string[] = [];
    for (const [name, [open, values]] of known) {
      for (const at of values.keys()) {
        for (const wrong of WRONG) {
          // a text in the place of a text is no mistake of kind, and may name a file
          if (typeof wrong === "string" && typeof values[at] === "string") continue;
          const given = values.map((value, i) => (i === at ? wrong : value));
          for (const words of await raw(open, given)) found.push(`${name}, argument ${at + 1}${words}`);
        }
      }
    }
    expect(found).toEqual([]);
  });
});

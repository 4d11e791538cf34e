import { beforeAll, describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { loadEngine, type Engine } from "../../engine/index.js";
import { BradleyTerry, LoRe, Vpl, type Model } from "../../families/index.js";
import { fit } from "../../train/index.js";
import { START } from "../state/state.js";
import type { AnswerTools, Trained } from "../worker/answers.js";
import { WorldBuilder } from "../world/build-world.js";
import { personAnswers } from "./answers.js";
import type { PersonView } from "./calls.js";
import { drawPool } from "./draw-pool.js";
import { answer, begin, evidence, type Interview } from "./interview.js";
import { isWithin, outlineOf, regionOf } from "./region.js";
import { reasonWords } from "./reason-words.js";

let engine: Engine;
const trained = new Map<string, Trained>();
const settings = { ...START, users: 30, answers: 30, items: 20, noise: 0.5 };

async function train(name: string, model: Model): Promise<void> {
  const world = new WorldBuilder().build(settings);
  const fitted = await fit(model, world.train, { engine, seed: 1, epochs: 20 });
  trained.set(name, { settings, world, fitted });
}

beforeAll(async () => {
  engine = await loadEngine();
  await train("lore", new LoRe({ k: 3 }));
  await train("vpl", new Vpl({ encoderWidth: 8, decoderWidth: 8 }));
  await train("bradley-terry", new BradleyTerry());
  await train("alike", new LoRe({ k: 1 }));
});

const tools = (name: string): AnswerTools => ({
  engine,
  trained: () => trained.get(name),
  progress: () => undefined,
  turn: () => Promise.resolve(),
});
const begun = async (name: string): Promise<PersonView> =>
  personAnswers["person/begin"]({ questions: "points", seed: 1 }, tools(name));

describe("an interview", () => {
  test.each(["lore", "vpl"])("of %s asks ten different pairs, and its region shrinks", async (name) => {
    let view = await begun(name);
    expect(view.answers).toBe(0);
    expect(view.posterior.share).toBe(1);
    expect(view.words[1]).toBe("Nothing was answered yet.");
    const asked = new Set<string>();
    for (let i = 0; i < 10; i++) {
      asked.add([view.question?.left.text, view.question?.right.text].sort().join());
      expect(view.question?.why).toMatch((i + 1) % 3 === 0 ? /^Asked to check/ : /^Asked (because|to check)/);
      expect(view.question?.left.place).toHaveLength(2);
      view = await personAnswers["person/answer"]({ label: 1 }, tools(name));
    }
    expect(asked.size).toBe(10);
    expect(view.answers).toBe(10);
    expect(view.posterior.share).toBeLessThan(1);
    expect(view.posterior.coordinates).toHaveLength(view.posterior.width);
    expect(view.posterior.outline).toHaveLength(128);
    expect(view.liked?.values).toHaveLength(20);
    expect(Math.max(...(view.liked?.values ?? []))).toBe(1);
  });

  test("the same answers give the same view", async () => {
    const run = async (): Promise<PersonView> => {
      await begun("lore");
      return personAnswers["person/answer"]({ label: -1 }, tools("lore"));
    };
    expect(await run()).toEqual(await run());
  });

  test("ends when every pair is asked, and refuses another answer", () => {
    const { fitted, world } = trained.get("lore") as Trained;
    const pool = drawPool(world.train.items, { count: 3, rows: world.shown }, randomStream(1));
    let interview: Interview = begin({ fitted, pool, source: world.train.source, seed: 1 });
    for (let i = 0; i < 3; i++) interview = answer(interview, 1);
    expect(interview.next).toBeUndefined();
    expect(interview.expected).toBeUndefined();
    expect(() => answer(interview, 1)).toThrow("everything was asked already");
    const product = interview.asked.reduce((all, { right }) => all * 2 * right, 1);
    expect(evidence(interview)).toBeCloseTo(Math.log(product), 12);
  });

  test("asks first what tells the most", () => {
    const { fitted, world } = trained.get("lore") as Trained;
    const pool = drawPool(world.train.items, { count: 40, rows: world.shown }, randomStream(1));
    const { next } = begin({ fitted, pool, source: world.train.source, seed: 1 });
    expect(next?.isCheck).toBe(false);
    expect(next?.nats).toBeGreaterThan(next?.middling ?? 1);
  });
});

describe("who cannot be asked", () => {
  test.each([
    ["bradley-terry", "has one reward for all, so nothing can be learned of you"],
    ["alike", "with K = 1 everybody is alike"],
    ["none", "no model is trained yet"],
  ])("%s", async (name, message) => {
    await expect(begun(name)).rejects.toThrow(message);
  });

  test("nothing is answered before it is asked", async () => {
    const other = { ...tools("lore"), engine: { ...engine } };
    const early = async (): Promise<PersonView> => personAnswers["person/answer"]({ label: 1 }, other);
    await expect(early()).rejects.toThrow("begin first");
  });
});

test("a pool has no pair twice, whichever way around, and none that may not be asked", () => {
  const items = { ids: Array.from({ length: 6 }, (_, i) => `i${i}`) };
  const rows = Int32Array.of(0, 1, 2, 3, 4, 5);
  const mayAsk = (left: number, right: number): boolean => left % 2 !== right % 2;
  const { left, right } = drawPool(items, { count: 100, rows, mayAsk }, randomStream(3));
  const names = Array.from(left, (each, i) => [each, right[i]].sort().join());
  expect(new Set(names).size).toBe(names.length);
  // three even with three odd ones
  expect(names).toHaveLength(9);
});

test("the region of a Gaussian holds nine tenths of others drawn from it, and its outline is its edge", () => {
  const rng = randomStream(1).split("gaussian");
  const draw = (n: number): Float64Array => {
    const values = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) {
      const [a, b] = [rng.normal(), rng.normal()];
      values.set([1 + 2 * a, -1 + a + 0.5 * b], 2 * i);
    }
    return values;
  };
  const region = regionOf(draw(4000), 2, false);
  const others = draw(4000);
  let held = 0;
  for (let i = 0; i < 4000; i++) if (isWithin(region, others.subarray(2 * i, 2 * i + 2))) held++;
  expect(held / 4000).toBeCloseTo(0.9, 1);
  // the determinant of the covariance: (2 * 0.5)^2
  expect(region.size).toBeCloseTo(1, 1);
  const outline = outlineOf(region, 8);
  const [mx, my] = region.mean;
  const scaled = (i: number, by: number): number[] => [
    mx + by * (outline[2 * i] - mx),
    my + by * (outline[2 * i + 1] - my),
  ];
  for (let i = 0; i < 8; i++) {
    expect(isWithin(region, scaled(i, 0.99))).toBe(true);
    expect(isWithin(region, scaled(i, 1.01))).toBe(false);
  }
});

test("on a simplex the last number follows from the others", () => {
  const rng = randomStream(2);
  const draws = Float64Array.from(Array.from({ length: 500 }, () => [...rng.dirichlet(3, 1.5)]).flat());
  const region = regionOf(draws, 3, true);
  expect(region.dimension).toBe(2);
  expect(isWithin(region, [1 / 3, 1 / 3, 1 / 3])).toBe(true);
  expect(isWithin(region, [1, 0, 0])).toBe(false);
});

test("a reason names what is expected", () => {
  const asked = { row: 0, isCheck: false, nats: Math.LN2 / 2, middling: 0.07, right: 0.3 };
  expect(reasonWords(asked, { pool: 50, answered: 2 })).toBe(
    "Asked because its answer is expected to tell the most of the 50 pairs that are left: 0.50 bits; a middling one would tell 0.10. The model expects A, by 70 %.",
  );
  expect(reasonWords({ ...asked, isCheck: true, right: 0.96 }, { pool: 50, answered: 2 })).toContain(
    "the model expects B, by 96 %",
  );
});

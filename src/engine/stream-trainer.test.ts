import { describe, expect, test } from "vitest";
import { selectRows, type Comparisons, type PreferenceData } from "../data/index.js";
import { CASES, randomParameters } from "../families/fixtures/index.js";
import { ENGINES_HERE } from "./fixtures/engines.js";
import { loadEngine, type StreamTrainerOptions } from "./index.js";

const all = { rate: 0.01 };
const OPTIONS: StreamTrainerOptions = {
  seed: 3,
  batchSize: 4,
  chunkSize: 11,
  optimizer: "adam",
  learningRates: { projector: all, prototypes: all, weights: all, logitScale: all, tables: all },
};

function rowsOf(data: PreferenceData, from: number, to: number): Comparisons {
  return selectRows(
    data,
    Int32Array.from({ length: to - from }, (_, i) => from + i),
  );
}

describe.each(ENGINES_HERE)("a stream trainer on %s", (name) => {
  const some = Object.values(CASES)
    .flat()
    .filter(({ model: { user } }, i) => i % 17 === 0 && user.found === undefined);

  test.each(some)(
    "$name: one chunk with everything gives the bits of the trainer in memory",
    async (entry) => {
      const { model, data } = entry;
      const engine = await loadEngine(name);
      for (const chunkSize of [11, 64]) {
        const inMemory = engine.createTrainer(model, data, OPTIONS);
        const stream = engine.createStreamTrainer(model, data, { ...OPTIONS, chunkSize });
        for (let epoch = 0; epoch < 3; epoch++) expect(stream.feed(data)).toBe(inMemory.epoch());
        expect(stream.snapshot()).toEqual(inMemory.snapshot());
        inMemory.dispose();
        stream.dispose();
      }
    },
  );

  test("chunks of one batch are steps one after the other, whatever came before them", async () => {
    const [{ model, data }] = some;
    const engine = await loadEngine(name);
    const initial = randomParameters(model, data);
    const chunks = [rowsOf(data, 0, 4), rowsOf(data, 4, 8), rowsOf(data, 8, 11)];
    const stream = engine.createStreamTrainer(model, data, { ...OPTIONS, initial });
    // plain losses at each step's parameters: within a batch the order matters only for rounding
    for (const chunk of chunks) {
      const { loss } = engine.lossAndGradients(model, stream.snapshot(), {
        ...data,
        weight: undefined,
        ...chunk,
      });
      expect(stream.feed(chunk)).toBeCloseTo(loss, 5);
    }
    stream.dispose();
  });

  test("the same chunks give the same bits, other orders of chunks others", async () => {
    const [{ model, data }] = some;
    const engine = await loadEngine(name);
    const [first, second] = [rowsOf(data, 0, 6), rowsOf(data, 6, 11)];
    const train = (chunks: readonly Comparisons[]): ReadonlyMap<string, Float32Array> => {
      const stream = engine.createStreamTrainer(model, data, OPTIONS);
      for (const chunk of chunks) stream.feed(chunk);
      return stream.snapshot();
    };
    expect(train([first, second])).toEqual(train([first, second]));
    expect(train([first, second])).not.toEqual(train([second, first]));
  });

  test("bad chunks and options are refused by name, and leave the parameters as they were", async () => {
    const [{ model, data }] = some;
    const engine = await loadEngine(name);
    const stream = engine.createStreamTrainer(model, data, { ...OPTIONS, chunkSize: 5 });
    const before = stream.snapshot();
    const chunk = rowsOf(data, 0, 4);
    expect(() => stream.feed(data)).toThrow(
      "feed: a chunk must have 5 comparisons (chunkSize) at most, got 11",
    );
    expect(() => stream.feed(rowsOf(data, 0, 0))).toThrow("feed: the data set is empty");
    expect(() => stream.feed({ ...chunk, left: Int32Array.of(0, 1, 5, 0) })).toThrow(
      "feed: left must be an index in 0 … 4, got 5 at row 2",
    );
    expect(() => stream.feed({ ...chunk, label: Int8Array.of(1, 0, 1, 1) })).toThrow(
      "feed: label must be -1 (left) or +1 (right), got 0 at row 1",
    );
    expect(stream.snapshot()).toEqual(before);
    expect(() => engine.createStreamTrainer(model, data, { ...OPTIONS, chunkSize: 0 })).toThrow(
      "createStreamTrainer: chunkSize must be an integer >= 1, got 0",
    );
    expect(() => engine.createStreamTrainer(model, { ...data, users: ["u0", "u0"] }, OPTIONS)).toThrow(
      'createStreamTrainer: user ids must differ, got "u0" twice',
    );
  });
});

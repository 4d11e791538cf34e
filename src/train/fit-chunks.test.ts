import { describe, expect, test } from "vitest";
import { selectRows, simulateIdealPoints, type Comparisons } from "../data/index.js";
import { loadEngine } from "../engine/index.js";
import { PalA } from "../families/index.js";
import { fit, fitChunks } from "./index.js";

const DATA = simulateIdealPoints({
  ...{
    dimension: 4,
    prototypes: 2,
    users: 20,
    comparisonsPerUser: 60,
    pairs: "pool",
    poolSize: 200,
    seed: 1,
  },
  setting: "mixture",
});
const MODEL = new PalA({ k: 2, latentDimension: 4 });
const engine = await loadEngine();

/** Rows 0, step, 2 · step … of the data; then 1, 1 + step … */
function* strided(step: number): Generator<Comparisons> {
  const n = DATA.user.length;
  for (let from = 0; from < step; from++) {
    yield selectRows(
      DATA,
      Int32Array.from({ length: Math.ceil((n - from) / step) }, (_, i) => from + i * step),
    );
  }
}

describe("fitChunks", () => {
  test("one chunk with everything gives the bits of fit", async () => {
    const options = { engine, seed: 5, epochs: 3, batchSize: 64 };
    const whole = await fit(MODEL, DATA, options);
    const chunked = await fitChunks(MODEL, DATA, () => [DATA], options);
    expect(chunked.parameters).toEqual(whole.parameters);
    expect(chunked.history).toEqual(whole.history);
  });

  test("many chunks learn as well: the loss of the last pass is that of fit to a tenth", async () => {
    const options = { engine, seed: 5, epochs: 40, batchSize: 60 };
    const last = (fitted: { history?: { epochs: readonly { loss: number }[] } }): number =>
      fitted.history?.epochs.at(-1)?.loss ?? NaN;
    const whole = await fit(MODEL, DATA, options);
    const chunked = await fitChunks(MODEL, DATA, () => strided(5), options);
    expect(last(chunked) / last(whole)).toBeGreaterThan(0.9);
    expect(last(chunked) / last(whole)).toBeLessThan(1.1);
  });

  test("the history's loss is that of all comparisons, however unequal the chunks", async () => {
    const rows = (from: number, to: number): Comparisons =>
      selectRows(
        DATA,
        Int32Array.from({ length: to - from }, (_, i) => from + i),
      );
    const n = DATA.user.length;
    // steps so small that every chunk is computed at the same parameters
    const still = { rate: 1e-12 };
    const learningRates = { projector: still, prototypes: still, weights: still };
    const options = { engine, seed: 5, epochs: 1, batchSize: 64, learningRates };
    const loss = async (chunks: Comparisons[]): Promise<number> =>
      (await fitChunks(MODEL, DATA, () => chunks, options)).history?.epochs[0].loss ?? NaN;
    const whole = await loss([DATA]);
    const unequal = await loss([rows(0, 3), rows(3, n)]);
    const few = await fitChunks(MODEL, DATA, () => [rows(0, n)], options);
    expect(few.history?.epochs[0].loss).toBe(whole);
    expect(Math.abs(unequal - whole)).toBeLessThan(1e-5);
    const lossOf = async (part: Comparisons): Promise<number> => {
      const trainer = engine.createStreamTrainer(MODEL, DATA, {
        ...{ seed: 5, batchSize: 64, chunkSize: n, optimizer: "adam", learningRates },
      });
      const mean = trainer.feed(part);
      trainer.dispose();
      return Promise.resolve(mean);
    };
    const [small, large] = [await lossOf(rows(0, 3)), await lossOf(rows(3, n))];
    // an average of the chunks' means would be told apart
    expect(Math.abs((small + large) / 2 - whole)).toBeGreaterThan(1e-3);
  });

  test("asynchronous chunks are the same, and a signal ends the training after a chunk", async () => {
    const options = { engine, seed: 5, epochs: 2, batchSize: 60 };
    const later = async function* (): AsyncGenerator<Comparisons> {
      for (const chunk of strided(5)) yield await Promise.resolve(chunk);
    };
    const now = await fitChunks(MODEL, DATA, () => strided(5), options);
    expect((await fitChunks(MODEL, DATA, later, options)).parameters).toEqual(now.parameters);
    const stop = new AbortController();
    const stopped = await fitChunks(MODEL, DATA, () => strided(5), {
      ...options,
      signal: stop.signal,
      onEpoch: () => stop.abort(),
    });
    expect(stopped.history).toMatchObject({ isStopped: true, epochs: [{ epoch: 1 }] });
  });

  test("says what is wrong with the chunks", async () => {
    const options = { engine, seed: 1 };
    const refuse = (chunks: () => Iterable<Comparisons>, epochs = 1): Promise<unknown> =>
      fitChunks(MODEL, DATA, chunks, { ...options, epochs });
    const once = strided(2);
    await expect(refuse(() => once, 2)).rejects.toThrow(
      "fitChunks: chunks() gave no comparisons at epoch 2; it must begin anew each time it is called",
    );
    const some = selectRows(DATA, Int32Array.of(0, 1));
    await expect(refuse(() => [some])).rejects.toThrow(
      'fitChunks: 19 of 20 users have no comparisons: "user-1"',
    );
    await expect(refuse(() => [{ ...some, right: Int32Array.of(1, 900) }])).rejects.toThrow(
      "feed: right must be an index in 0 … 199, got 900 at row 1",
    );
    await expect(fitChunks(MODEL, DATA, () => [DATA], { ...options, chunkSize: 100 })).rejects.toThrow(
      "feed: a chunk must have 100 comparisons (chunkSize) at most, got 1200",
    );
    await expect(fitChunks(MODEL, DATA, () => [DATA], { ...options, batch: 3 } as never)).rejects.toThrow(
      "batch",
    );
  });
});

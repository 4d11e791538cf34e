import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { loadEngine } from "../../../engine/index.js";
import { experimentNamed, runJob } from "../index.js";

const mirror = process.env.PAL_LAB_DATA_MIRROR ?? "";
let cache: string;
beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), "pal-lab-polis-"));
  vi.stubEnv("PAL_LAB_CACHE", cache);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

test("an unknown conversation is named", () => {
  expect(() => experimentNamed("polis").resolve({ conversation: "tea" })).toThrow("polis: conversation");
});

describe.skipIf(mirror === "")("a public conversation", () => {
  test("gives a row a method; gains are differences of log-likelihoods, and PAL says how it stands to the factor model", async () => {
    const config = experimentNamed("polis").resolve({
      conversation: "scoop-hivemind.freshwater",
      ...{ kMax: 2, folds: 2 },
    });
    const { rows, data } = await runJob(
      { experiment: "polis", config, seed: 3 },
      { engine: await loadEngine() },
    );
    expect(data).toHaveLength(1);
    const [chance, majority, , factors] = rows;
    const pal = rows.at(-1);
    expect(chance.intervals?.nats.mean).toBeCloseTo(Math.log(0.5), 12);
    for (const { intervals } of rows) {
      const gain = (intervals?.nats.mean ?? NaN) - (majority.intervals?.nats.mean ?? NaN);
      expect(intervals?.overMajority.mean).toBeCloseTo(gain, 12);
    }
    const behind = (pal?.intervals?.nats.mean ?? NaN) - (factors.intervals?.nats.mean ?? NaN);
    expect(pal?.intervals?.overFactors.mean).toBeCloseTo(behind, 12);
  });
});

import { expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../../../core/index.js";
import { loadEngine } from "../../../engine/index.js";
import { experimentNamed, runJob } from "../index.js";
import { MATRIX_CLAIMS } from "./claims.js";

const { resolve } = experimentNamed("few-shot");

test("new users have a row for each family and number of answers, with exact Bayes of the same answers beside it", async () => {
  const config = resolve({
    ...{ world: "didactic", users: 40, answers: 40, visits: 8000 },
    ...{ families: ["bradley-terry", "latent-classes"], given: [0, 2, 10] },
  });
  const { rows } = await runJob({ experiment: "few-shot", config, seed: 1 }, { engine: await loadEngine() });
  expect(
    rows.map(({ settings, newComparisonsPerUser }) => [settings?.family, newComparisonsPerUser]),
  ).toEqual([0, 2, 10].map((given) => ["latent-classes", given]));
  const bayes = rows.map(({ measures }) => Number(measures?.bayesNats));
  expect(bayes[1]).toBeGreaterThan(bayes[0]);
  expect(bayes[2]).toBeGreaterThan(bayes[1] + 0.05);
  for (const { measures } of rows) expect(measures?.nats).toBeLessThan(Number(measures?.bayesNats) + 0.05);
  expect(new Set(rows.map(({ ceilings }) => ceilings?.blind)).size).toBe(1);
});

test("a bad configuration is refused by name", () => {
  expect(() => resolve({ world: "pets" })).toThrow('few-shot: world must be one of "nobody-differs"');
  expect(() => resolve({ world: "didactic", given: [1, -1] })).toThrow(
    "few-shot: given must be an integer >= 0, got -1",
  );
  expect(() => resolve({ world: "didactic", users: 500 })).toThrow("few-shot: users must be at most 150");
});

function record(leak: number): FigureRecord {
  const rows = ["vpl", "lore"].flatMap((family) =>
    [0, 5, 20].flatMap((newComparisonsPerUser) =>
      [0.02, -0.03, 0.01, -0.02, 0.015].map((noise, i): RecordRow => {
        const above = noise / 10 + (family === "vpl" && newComparisonsPerUser === 5 ? leak : -0.01);
        return {
          ...{ seed: i + 1, split: "unseen", accuracy: 0.7, newComparisonsPerUser },
          settings: { world: "didactic", family },
          measures: { nats: -0.5 + above, bayesNats: -0.5 },
        };
      }),
    ),
  );
  return figureRecord({
    ...{ id: "families-few-shot", claim: "", caption: "", profile: "full", config: {}, engine: "none" },
    ...{ data: [], rows },
  });
}

test("a leak at one number of answers is found, though the family's mean is below exact Bayes", () => {
  const claim = MATRIX_CLAIMS.find(({ figure }) => figure === "families-few-shot");
  expect(claim?.check(record(0)).status).toBe("holds");
  const found = claim?.check(record(0.015));
  expect(found?.status).toBe("fails");
  expect(found?.ours).toContain("6 single differences, above 0: vpl in didactic after 5");
});

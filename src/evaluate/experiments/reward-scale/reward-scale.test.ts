import { expect, test } from "vitest";
import { cellFeatures, largeMaze, mazeWorld } from "../../../data/worlds/index.js";
import { Vpl } from "../../../families/index.js";
import { loadEngine } from "../../../engine/index.js";
import { fit } from "../../../train/index.js";
import { experimentNamed, runJob } from "../index.js";
import { classifiedRewards, decodedRewards } from "./rewards.js";

test("decoded rewards differ by what comparisons are scored with", async () => {
  const { data, maze } = mazeWorld({ users: 20, comparisonsPerUser: 8, seed: 1 });
  const model = new Vpl({ latentDimension: 3, contextSize: 4, targetSize: 4, decoderDepth: 2 });
  const fitted = await fit(model, data, { engine: await loadEngine(), seed: 1, epochs: 2 });
  const latents = Float32Array.of(0.3, -1, 0.5, 2, 0, -0.4);
  const rewards = decodedRewards(fitted, maze, latents, 2);
  const cells = {
    items: {
      ids: Array.from(maze.row, (_, cell) => `cell-${cell}`),
      features: Float32Array.from({ length: 2 * maze.states }, (_, i) =>
        i % 2 === 0 ? maze.row[i >> 1] / 8 : maze.column[i >> 1] / 11,
      ),
    },
    left: new Int32Array(maze.states),
    right: Int32Array.from(maze.row.keys()),
  };
  [0, 1].forEach((z) => {
    const weights = new Float32Array(6);
    weights.set(latents.subarray(3 * z, 3 * z + 3));
    const own = rewards.subarray(z * maze.states, (z + 1) * maze.states);
    fitted
      .scores(cells, { weights })
      .forEach((score, cell) => expect(own[cell] - own[0]).toBeCloseTo(score, 4));
  });
});

test("what a classifier says of a place against all is between 0 and 1, and differs with z", async () => {
  const { data, maze } = mazeWorld({ users: 20, comparisonsPerUser: 8, seed: 1 });
  const model = new Vpl({ latentDimension: 3, contextSize: 4, targetSize: 4, decoder: "classifier" });
  const fitted = await fit(model, data, { engine: await loadEngine(), seed: 1, epochs: 5 });
  const rewards = classifiedRewards(fitted, maze, Float32Array.of(0.3, -1, 0.5, 2, 0, -0.4));
  expect(rewards).toHaveLength(2 * maze.states);
  expect(rewards.every((value) => value > 0 && value < 1)).toBe(true);
  const [one, other] = [rewards.subarray(0, maze.states), rewards.subarray(maze.states)];
  expect(one).not.toEqual(other);
  // by hand, of one place under the second latent
  const against = { ids: Array.from(maze.row, (_, cell) => `c${cell}`), features: cellFeatures(maze) };
  const pairs = {
    items: against,
    left: new Int32Array(maze.states).fill(7),
    right: Int32Array.from(maze.row.keys()),
  };
  const right = fitted.probabilities(pairs, { weights: Float32Array.of(2, 0, -0.4, 0, 0, 0) });
  expect(other[7]).toBeCloseTo(1 - right.reduce((sum, value) => sum + value, 0) / maze.states, 5);
});

test("a run has a row for each scaling, of the same model; a random walk is the floor, the table's policy the ceiling", async () => {
  const config = experimentNamed("reward-scale").resolve({
    ...{ users: 200, testUsers: 4, epochs: 10, draws: 8, walks: 10, steps: 5, policySteps: 5 },
    scalings: ["none", "SPO", "SPO classifier"],
  });
  const { rows } = await runJob(
    { experiment: "reward-scale", config, seed: 1 },
    { engine: await loadEngine() },
  );
  expect(rows.map((row) => row.settings?.scaling)).toEqual(["none", "SPO", "SPO classifier"]);
  expect(rows[0].accuracy).toBe(rows[1].accuracy);
  expect(rows[0].measures?.tabular).toBe(rows[1].measures?.tabular);
  // another model of the same people
  expect(rows[2].accuracy).not.toBe(rows[0].accuracy);
  expect(rows[2].ceilings).toEqual(rows[0].ceilings);
  // a walk of 100 moves is far from certain to find one of 46 cells
  expect(rows[0].measures?.random).toBeGreaterThan(1 / largeMaze().states);
  expect(rows[0].measures?.random).toBeLessThan(0.6);
});

test("bad configurations are refused before anything runs", () => {
  const { resolve } = experimentNamed("reward-scale");
  expect(() => resolve({ scalings: [] })).toThrow(
    "reward-scale: scalings must be a list of none, batch norm",
  );
  expect(() => resolve({ scalings: ["some"] })).toThrow("reward-scale: scalings must be one of");
  expect(() => resolve({ model: "Bradley-Terry" })).toThrow('reward-scale: model must be one of "VPL"');
  expect(() => resolve({ draws: 0 })).toThrow("reward-scale: draws must be an integer >= 1, got 0");
});

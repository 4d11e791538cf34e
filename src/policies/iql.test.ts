import { expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import { cellFeatures, mazeWorld } from "../data/worlds/index.js";
import { fitIql, randomWalk, successRate } from "./index.js";

const { maze, goals, values } = mazeWorld({ users: 2, comparisonsPerUser: 1, seed: 1 });
const own = (kind: number): Float64Array => values.subarray(kind * maze.states, (kind + 1) * maze.states);

test("x", () => {
  const rng = randomStream(1);
  const transitions = randomWalk(maze, { walks: 100, steps: 50, rng: rng.split("walk") });
  for (const features of [cellFeatures(maze), Float32Array.from({length: 46*46}, (_, i) => i % 47 === 0 ? 1 : 0)])
  for (const steps of [500, 1000, 2000]) {
    const t = performance.now();
    const p = fitIql({ moves: maze, features, latents: [], rewards: own(1), transitions }, { rng, steps, policySteps: 500 });
    console.log(features.length, steps, successRate(maze, p.moves([]), { goal: goals[1] }), performance.now() - t);
  }
}, 100000);

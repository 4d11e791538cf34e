import { expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import { answerDraws } from "./judged-draws.js";

test("pairs of a ranking keep their probabilities and do not contradict each other", () => {
  // Plackett-Luce: P(i before j) = e^u_i / (e^u_i + e^u_j), whatever else is ranked
  const u = [0, 0.8, -0.5, 1.5];
  const pairs = [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].filter((j) => j > i).map((j) => [i, j] as const));
  const times = 4000;
  const all = Array.from({ length: times }, () => pairs).flat();
  const judgement = Int32Array.from(all, (_, row) => Math.floor(row / pairs.length));
  const [left, right] = [0, 1].map((side) => Int32Array.from(all, (pair) => pair[side]));
  const p = Float64Array.from(all, ([i, j]) => 1 / (1 + Math.exp(u[i] - u[j])));
  const drawn = answerDraws({ user: judgement, judgement, left, right }, p)(randomStream(1));
  pairs.forEach(([i, j], at) => {
    let share = 0;
    for (let k = 0; k < times; k++) share += drawn[k * pairs.length + at] / times;
    const expected = 1 / (1 + Math.exp(u[i] - u[j]));
    expect(Math.abs(share - expected), `${i} ${j}`).toBeLessThan(4 * Math.sqrt(0.25 / times));
  });
  for (let k = 0; k < times; k++) {
    const wins = [0, 0, 0, 0];
    pairs.forEach(([i, j], at) => wins[drawn[k * pairs.length + at] === 1 ? j : i]++);
    expect([...wins].sort()).toEqual([0, 1, 2, 3]);
  }
});

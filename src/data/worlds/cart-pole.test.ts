import { expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { cartPoleReward, cartPoleSnippets, digitGrid, pushCart, snippetItems } from "./index.js";

test("a push from rest, by the equations: 400 / 41 and 600 / 41 a second squared", () => {
  const state = new Float64Array(4);
  pushCart(state, 1);
  [0, (0.02 * 400) / 41, 0, (-0.02 * 600) / 41].forEach((value, j) =>
    expect(state[j]).toBeCloseTo(value, 12),
  );
  pushCart(state, -1);
  expect(state[0]).toBeCloseTo((0.02 * 0.02 * 400) / 41, 12);
});

test.each([undefined, null, [0, 0, 0]])("a state that is none, %j, is refused in words", (state) => {
  expect(() => cartPoleReward(state as never)).toThrow(
    /^cartPoleReward: state must be numbers for .*, 4 in all, got /,
  );
  expect(() => pushCart(state as never, 1)).toThrow(/^pushCart: state must be a Float64Array /);
});

test("a push to the left is the mirror of one to the right, and a lying pole falls as gravity says", () => {
  const [right, left] = [Float64Array.of(0.4, -1, 2.5, 0.7), Float64Array.of(-0.4, 1, -2.5, -0.7)];
  pushCart(right, 1);
  pushCart(left, -1);
  right.forEach((value, j) => expect(left[j]).toBeCloseTo(-value, 12));
  // sine and cosine of its own: the same as the language's, also after whole turns
  for (const angle of [0.3, -1.4, 3, 10, -25.5]) {
    const state = Float64Array.of(0, 0, angle, 0);
    pushCart(state, 1);
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const faster = (9.8 * sin - (cos * 10) / 1.1) / (0.5 * (4 / 3 - (0.1 * cos * cos) / 1.1));
    expect(state[3]).toBeCloseTo(0.02 * faster, 10);
  }
});

test("the true reward is 1 within both limits", () => {
  expect(
    [
      [2.3, 0, 0.2, 0],
      [2.5, 0, 0, 0],
      [0, 9, -0.22, 9],
    ].map(cartPoleReward),
  ).toEqual([1, 0, 0]);
});

test("snippets follow the equations, and leave both limits now and then", () => {
  const { values } = cartPoleSnippets({ snippets: 200, states: 5, rng: randomStream(1) });
  const rewards = Array.from({ length: 1000 }, (_, row) =>
    cartPoleReward(values.subarray(4 * row, 4 * row + 4)),
  );
  const share = rewards.reduce((a: number, b) => a + b, 0) / 1000;
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.8);
  const state = values.slice(0, 4);
  const after = [1, -1].map((push) => {
    const moved = state.slice();
    pushCart(moved, push);
    return [...moved];
  });
  expect(after).toContainEqual([...values.subarray(4, 8)]);
  expect(() => cartPoleSnippets({ snippets: 0, states: 5, rng: randomStream(1) })).toThrow(
    "snippets must be",
  );
});

test("a grid of digits: a move is a neighbour or the wall, and a cell is seen as its digit alone", () => {
  const grid = digitGrid({ rng: randomStream(3), size: 3, digits: 4 });
  expect([...grid.next.subarray(0, 4)]).toEqual([0, 3, 0, 1]);
  expect([...grid.next.subarray(16, 20)]).toEqual([1, 7, 3, 5]);
  grid.digit.forEach((digit, cell) => {
    const own = [...grid.features.subarray(4 * cell, 4 * cell + 4)];
    expect(own.indexOf(1)).toBe(digit);
    expect(own.filter((value) => value === 0)).toHaveLength(3);
  });
  expect(() => digitGrid({ rng: randomStream(1), digits: 11 })).toThrow(
    "digitGrid: digits must be an integer",
  );
});

test("snippets as items: one behind the other, and none of another length", () => {
  const items = snippetItems([[1, 2, 3, 4], Float64Array.of(5, 6, 7, 8)], 2);
  expect(items.ids).toEqual(["snippet-0", "snippet-1"]);
  expect([...(items.features ?? [])]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(() =>
    snippetItems(
      [
        [1, 2, 3, 4],
        [1, 2, 3],
      ],
      2,
    ),
  ).toThrow("snippetItems: every snippet must have as many numbers as the first, 4, got 3 in snippet 1");
  expect(() => snippetItems([[1, 2, 3]], 2)).toThrow(
    "snippetItems: a snippet must have as many numbers for each of its 2 states, got 3 in all",
  );
  expect(() => snippetItems([], 2)).toThrow("needs at least one snippet, got none");
});

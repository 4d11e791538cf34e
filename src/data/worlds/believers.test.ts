import { describe, expect, test } from "vitest";
import { blindAccuracy, oracleAccuracy, valueIteration } from "./index.js";
import { believers, CELL_KINDS, GARDEN_WEIGHTS, moveValues, slipperyGrid } from "./index.js";

const SIZE = { users: 6, comparisonsPerUser: 20, seed: 3 };

describe("moves that slip", () => {
  // 0 and 2 are ends, worth 0 and 1 to reach; from 1 one goes left or right, and slips to the other side
  const line = { states: 3, actions: 2, next: Int32Array.of(0, 0, 0, 2, 2, 2) };
  const to = Int32Array.of(0, 0, 2, 0, 2, 2);
  const ends = [0, 2];

  test("are worth the mean over where they lead", () => {
    const { move, state } = valueIteration(line, [0, 0, 1], { ends, slips: { chance: 0.3, to } });
    expect(move[2]).toBeCloseTo(0.3, 12);
    expect(move[3]).toBeCloseTo(0.7, 12);
    expect(state[1]).toBeCloseTo(0.7, 12);
  });

  test("a chance of 0 is none", () => {
    const options = { gamma: 0.9, ends };
    const slips = { chance: 0, to };
    expect(valueIteration(line, [0, 0, 1], { ...options, slips })).toEqual(
      valueIteration(line, [0, 0, 1], options),
    );
  });

  test.each([
    [{ chance: 1.2, to }, "slips.chance must be a number >= 0 and <= 1, got 1.2"],
    [{ chance: 0.5, to: Int32Array.of(1, 2) }, "as many states for each of 6 moves, got 2"],
    [{ chance: 0.5, to: Int32Array.of(0, 0, 2, 0, 2, 7) }, "slips.to must name states 0 to 2, got 7"],
  ])("what is wrong is said: %o", (slips, message) =>
    expect(() => valueIteration(line, [0, 0, 1], { slips })).toThrow(message),
  );
});

describe("a slippery grid", () => {
  const grid = slipperyGrid([".#G", "fP."]);

  test("has cells of kinds, walls that stop, and slips to the left and the right of a move", () => {
    expect([...grid.kindOf].map((kind) => CELL_KINDS[kind])).toEqual([
      "grass",
      "goal",
      "flowers",
      "pit",
      "grass",
    ]);
    expect(grid.ends).toEqual([1, 3]);
    // from the flowers up, down (stays), left (stays), right
    expect([...grid.next.subarray(8, 12)]).toEqual([0, 2, 2, 3]);
    // going up one slips left (stays) or right; going right one slips up or down
    expect([...grid.slips.subarray(16, 18)]).toEqual([2, 3]);
    expect([...grid.slips.subarray(22, 24)]).toEqual([0, 2]);
  });

  test.each([
    [["..", "f."], 'must have a goal, marked "G"'],
    [["..", "G"], 'line 2 must have 2 marks as the first has, got 1: "G"'],
    [["Gx"], "line 1, mark 2 must be one of"],
    [[], 'must have a goal, marked "G"'],
  ])("what is wrong is said: %o", (lines, message) => expect(() => slipperyGrid(lines)).toThrow(message));
});

describe("believers", () => {
  test("who believe in slips find the flowers by the pit worth less, though they like them as much", () => {
    const { grid, values } = believers({ ...SIZE, believed: [0, 0.5] });
    const byPit = Array.from(grid.kindOf.keys()).find(
      (cell) => grid.row[cell] === 2 && grid.column[cell] === 3,
    );
    const moves = grid.states * grid.actions;
    const right = (byPit ?? 0) * grid.actions + 3;
    expect(values[right]).toBeGreaterThan(values[moves + right] + 0.5);
    expect([...values.subarray(0, moves)]).toEqual([...moveValues(grid, GARDEN_WEIGHTS, 0)]);
  });

  test("an answer is likelier the more a move is worth to its kind, and no move begins where a walk ends", () => {
    const world = believers({ ...SIZE, slope: 2 });
    const { grid, moveOf, values } = world;
    expect(moveOf.some(([state]) => grid.ends.includes(state))).toBe(false);
    expect(world.data.items.ids[5]).toBe("down from row 1, column 2");
    const worth = (kind: number, item: number): number =>
      values[(kind * grid.states + moveOf[item][0]) * grid.actions + moveOf[item][1]];
    const log = Math.log(world.probability(1, 3, 9) / (1 - world.probability(1, 3, 9)));
    expect(log).toBeCloseTo(2 * (worth(1, 9) - worth(1, 3)), 9);
    expect(oracleAccuracy(world, world.data)).toBeGreaterThan(blindAccuracy(world, world.data));
  });

  test("features say what a move reaches, the pits beside it and the way to the goal", () => {
    const { data, moveOf, grid } = believers(SIZE);
    const item = moveOf.findIndex(
      ([state, move]) => grid.row[state] === 2 && grid.column[state] === 3 && move === 3,
    );
    const own = data.items.features?.subarray(item * 7, (item + 1) * 7) ?? [];
    [0, 1, 0, 0, 0, 1, 0.1].forEach((value, j) => expect(own[j]).toBeCloseTo(value, 6));
  });

  test("ratings are whole numbers of the scale, the same for the same seed, and more for what is worth more", () => {
    const world = believers({ ...SIZE, users: 2 });
    const { user, state, move, rating, scale } = world.ratings(300, 5);
    expect(rating.every((value) => Number.isInteger(value) && value >= scale[0] && value <= scale[1])).toBe(
      true,
    );
    expect(world.ratings(300, 5).rating).toEqual(rating);
    expect(world.ratings(300, 6).rating).not.toEqual(rating);
    const { grid, values } = world;
    const felt = Array.from(rating, (value, i) => ({
      value,
      worth: values[(user[i] * grid.states + state[i]) * grid.actions + move[i]],
    }));
    const mean = (of: typeof felt): number => of.reduce((sum, { value }) => sum + value, 0) / of.length;
    expect(mean(felt.filter(({ worth }) => worth > 0.5))).toBeGreaterThan(
      mean(felt.filter(({ worth }) => worth < -0.5)) + 1,
    );
  });

  test.each([
    [
      { believed: [0, 1.5] },
      "what kind 2 takes the chance to slip to be must be a number >= 0 and <= 1, got 1.5",
    ],
    [{ weights: [[1, 2]] }, 'each row of weights must have a number for "grass"'],
    [
      { weights: [GARDEN_WEIGHTS, GARDEN_WEIGHTS, GARDEN_WEIGHTS] },
      "one for each of 2 kinds of people (at least 1), got 3",
    ],
    [{ lines: ["...", "..."] }, 'must have a goal, marked "G"'],
    [{ slope: 0 }, "believers: slope must be a number > 0, got 0"],
  ])("what is wrong is said: %o", (more, message) =>
    expect(() => believers({ ...SIZE, ...more })).toThrow(message),
  );
});

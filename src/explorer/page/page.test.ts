import { describe, expect, test } from "vitest";
import { reduce, type StateEvent } from "../state/reduce.js";
import { START, type ExplorerState } from "../state/state.js";
import type { World } from "../worker/protocol.js";
import { movedWords } from "./moved-words.js";
import { ordersFor, settingsOf } from "./orders.js";
import { goalWords } from "./words.js";

describe("what the worker is told", () => {
  const kinds = (event: StateEvent): string[] =>
    ordersFor(START, reduce(START, event), 2).map(({ kind }) => kind);

  test("all of it at the start, and nothing where nothing changes", () => {
    expect(ordersFor(undefined, START, 1).map(({ kind }) => kind)).toEqual(["pace", "look", "train"]);
    expect(ordersFor(START, START, 2)).toEqual([]);
  });

  test.each<[string, StateEvent, string[]]>([
    ["a knob of the model trains from the start", { kind: "turn", knob: "k", value: 2 }, ["train"]],
    ["a knob of the world as well", { kind: "turn", knob: "noise", value: 1 }, ["train"]],
    [
      "a drag goes on from what was learned",
      { kind: "drag", moved: { what: "user", index: 1, x: 1, y: 1 } },
      ["move"],
    ],
    [
      "another user is looked at, and nothing is trained",
      { kind: "turn", knob: "chosen", value: 7 },
      ["look"],
    ],
    ["slow motion", { kind: "turn", knob: "pace", value: 500 }, ["pace"]],
    ["another panel is no matter of the worker", { kind: "turn", knob: "panel", value: "you" }, []],
  ])("%s", (_, event, expected) => {
    expect(kinds(event)).toEqual(expected);
  });

  test("settings hold what a world and its model depend on, and no more", () => {
    const other: ExplorerState = { ...START, panel: "data", chosen: 5, field: false, truth: false, pace: 50 };
    expect(settingsOf(other)).toEqual(settingsOf(START));
    expect(settingsOf({ ...START, seed: 2 })).not.toEqual(settingsOf(START));
  });
});

describe("words", () => {
  const world = { flipped: { sinceStart: 12, now: 3 }, answers: 100, held: 20 } as World;

  test("how many answers flipped, of how many, and by the last move", () => {
    const moved = [
      { what: "user", index: 0, x: 0, y: 0 },
      { what: "user", index: 1, x: 0, y: 0 },
      { what: "prototype", index: 0, x: 0, y: 0 },
    ] as const;
    expect(movedWords(moved, world)).toBe(
      "2 users, 1 prototype moved: 12 of 120 answers flipped, 3 by the last move; the others stay as they were.",
    );
  });

  test("a goal is reached by what was measured, not before", () => {
    const goal = { measure: "accuracy", is: "at least", value: 0.95 } as const;
    expect(goalWords(goal, START, undefined).isReached).toBe(false);
    expect(goalWords(goal, START, 0.951)).toEqual({ words: "accuracy at least 0.95", isReached: true });
    expect(goalWords({ measure: "k", is: "at most", value: 2 }, START, 1).isReached).toBe(false);
  });
});

import { describe, expect, test } from "vitest";
import { START } from "../state/state.js";
import type { World } from "../worker/protocol.js";
import { pick } from "./pick.js";
import { hull, sceneOf } from "./scene.js";
import { View } from "./view.js";

const world: World = {
  ...{ kind: "world", generation: 1, dimension: 2, answers: 10, held: 2 },
  items: Float32Array.of(0, 0, 2, 2),
  users: Float32Array.of(-1, -1, 1, -1),
  prototypes: Float32Array.of(-1, -1.1),
  flipped: { sinceStart: 0, now: 0 },
  ceilings: { chance: 0.5, blind: 0.7, oracle: 1 },
};

describe("the picture of a plane", () => {
  test("places go to pixels and back; what lies beyond stands at the edge", () => {
    const view = new View(600);
    expect([view.x(0), view.y(0)]).toEqual([300, 300]);
    expect(view.y(1)).toBeLessThan(300);
    const [x, y] = view.at(view.x(1.25), view.y(-0.5));
    expect(x).toBeCloseTo(1.25, 12);
    expect(y).toBeCloseTo(-0.5, 12);
    expect(view.x(99)).toBeLessThan(600);
  });

  test("the corners around points, and not those between", () => {
    expect(hull(Float32Array.of(0, 0, 4, 0, 2, 1, 4, 4, 0, 4)).sort()).toEqual([0, 1, 3, 4]);
    expect(hull(Float32Array.of(0, 0, 1, 1))).toEqual([0, 1]);
  });

  test("what was dragged is where it was dragged to before the worker has answered", () => {
    const moved = [{ what: "user", index: 1, x: 2.5, y: 0.5 }] as const;
    expect([...sceneOf({ ...START, moved }, world, undefined).trueUsers]).toEqual([-1, -1, 2.5, 0.5]);
  });

  test("on a line people keep their place on it, and are told apart by height", () => {
    const { trueUsers } = sceneOf(
      { ...START, population: "didactic" },
      { ...world, dimension: 1 },
      undefined,
    );
    expect([trueUsers[0], trueUsers[2]]).toEqual([-1, 1]);
    expect(trueUsers[1]).not.toBe(trueUsers[3]);
  });
});

describe("what is taken", () => {
  const view = new View(600);
  const scene = sceneOf(START, world, undefined);
  const at = (x: number, y: number) => pick(scene, view, view.x(x), view.y(y));

  test("the nearest, within a finger's reach", () => {
    expect(at(0.05, 0)).toMatchObject({ what: "item", index: 0, x: 0, y: 0 });
    expect(at(1.1, -1)).toMatchObject({ what: "user", index: 1 });
    expect(at(-2.5, 2.5)).toBeUndefined();
  });

  test("a prototype before somebody who stands beside it", () => {
    expect(at(-1, -1.03)).toMatchObject({ what: "prototype", index: 0 });
  });

  test("what is not shown cannot be taken", () => {
    const hidden = sceneOf({ ...START, truth: false }, world, undefined);
    expect(pick(hidden, view, view.x(1), view.y(-1))).toBeUndefined();
  });
});

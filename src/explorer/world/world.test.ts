import { expect, test } from "vitest";
import { blindCeiling, oracleCeiling } from "../../evaluate/index.js";
import type { Settings } from "../state/settings.js";
import { FAMILIES } from "../../families/index.js";
import { FAMILY_TITLES } from "../state/settings.js";
import { START } from "../state/state.js";
import { WorldBuilder } from "./build-world.js";

const build = (settings: Partial<Settings>) =>
  new WorldBuilder().build({ ...START, users: 40, answers: 20, ...settings });

test("ceilings are those of the library, with and without noise", () => {
  for (const settings of [{}, { noise: 0.7 }, { population: "gaussian" }] as Partial<Settings>[]) {
    const { ceilings, test: held } = build(settings);
    expect(ceilings.chance).toBe(0.5);
    expect(ceilings.blind).toBeCloseTo(blindCeiling(held), 12);
    expect(ceilings.oracle).toBeCloseTo(oracleCeiling(held), 12);
  }
});

test("a place of the plane has the features that lie there", () => {
  for (const population of ["mixture", "didactic"] as const) {
    const { items, fromPlane, train, dimension } = build({ population });
    const features = train.items.features ?? new Float32Array(0);
    for (let item = 0; item < 10; item++)
      fromPlane(items[2 * item], items[2 * item + 1]).forEach((value, j) =>
        expect(value).toBeCloseTo(features[item * dimension + j], 4),
      );
  }
});

test("a prototype of the truth takes the people with it who are mixtures of it, by their weight", () => {
  const still = build({});
  const [x, y] = still.prototypes;
  const moved = build({ moved: [{ what: "prototype", index: 0, x: x + 1, y: y - 1 }] });
  const shifts = still.users.map((value, i) => (moved.users[i] - value) * (i % 2 === 0 ? 1 : -1));
  for (let user = 0; user < 40; user++) {
    expect(shifts[2 * user]).toBeCloseTo(shifts[2 * user + 1], 3);
    expect(shifts[2 * user]).toBeGreaterThan(-1e-4);
    expect(shifts[2 * user]).toBeLessThan(1.0001);
  }
  expect(moved.prototypes.slice(2)).toEqual(still.prototypes.slice(2));
});

test("something that is not there cannot be moved, and changes nothing", () => {
  const moved = [{ what: "user", index: 4000, x: 0, y: 0 }] as const;
  expect(build({ moved }).labels).toEqual(build({}).labels);
});

test("families are called as the registry calls them", () => {
  for (const [kind, title] of Object.entries(FAMILY_TITLES))
    expect(FAMILIES.find((family) => family.kind === kind)?.title).toBe(title);
});

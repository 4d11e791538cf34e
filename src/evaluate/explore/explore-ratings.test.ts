import { expect, test } from "vitest";
import { explore } from "./index.js";
import { rated } from "./fixtures/rated.js";

test.each([
  ["one taste", 1],
  ["two opposed tastes", 2],
])("ratings of twelve items by users of %s", async (_, k) => {
  const data = rated(1, { tastes: k === 1 ? 1 : "opposed", users: 20, items: 12 });
  const { choice, test: asked } = await explore(data, { seed: 1, kMax: 2 });
  expect(asked.unaskable).toBeUndefined();
  expect(asked.pValue <= 0.01).toBe(k > 1);
  expect(choice.k).toBe(k);
});

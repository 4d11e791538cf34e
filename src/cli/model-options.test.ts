import { expect, test } from "vitest";
import { DATA_FLAGS } from "./data-options.js";
import { MODEL_FLAGS } from "./model-options.js";
import { TRAIN_FLAGS } from "./train.js";

test("no option of a model takes a flag that train has for something else", () => {
  const taken = Object.keys({ ...DATA_FLAGS, ...TRAIN_FLAGS });
  expect(Object.keys(MODEL_FLAGS).filter((flag) => taken.includes(flag))).toEqual([]);
});

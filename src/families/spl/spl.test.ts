import { expect, test } from "vitest";
import { smallWorld } from "../fixtures/index.js";
import { dataSizes } from "../parts/index.js";
import { Spl, type SplOptions } from "./spl.js";

test.each<[SplOptions, string]>([
  [{ klWeight: -0.1 }, "Spl: klWeight must be a number >= 0, got -0.1"],
  [{ guidingWeight: -1 }, "Spl: guidingWeight must be a number >= 0, got -1"],
  [{ freeNats: NaN }, "Spl: freeNats must be a finite number >= 0, got NaN"],
  [{ flows: 0 }, "Spl: flows must be an integer >= 1, got 0"],
  [{ encoderWidth: 0 }, "Spl: encoderWidth must be an integer >= 1, got 0"],
])("bad options %j", (options, message) => {
  expect(() => new Spl(options)).toThrow(message);
});

test("an odd dimension is refused", () => {
  expect(() => new Spl({ latentDimension: 3 }).parameters(dataSizes(smallWorld({ items: 4 }), 3))).toThrow(
    "Spl: latentDimension must be even, got 3",
  );
});

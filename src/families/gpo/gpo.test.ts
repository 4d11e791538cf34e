import { expect, test } from "vitest";
import { smallWorld } from "../fixtures/index.js";
import { dataSizes } from "../parts/index.js";
import { Gpo, type GpoOptions } from "./gpo.js";

test.each<[GpoOptions, string]>([
  [{ layers: 0 }, "Gpo: layers must be an integer >= 1, got 0"],
  [{ heads: 1.5 }, "Gpo: heads must be an integer >= 1, got 1.5"],
  [{ contextSize: 0 }, "Gpo: contextSize must be an integer >= 1, got 0"],
  [{ depth: 2 } as never, 'Gpo: unknown option "depth"'],
])("bad options %j", (options, message) => {
  expect(() => new Gpo(options)).toThrow(message);
});

test("heads that do not divide the width are refused", () => {
  const model = new Gpo({ latentDimension: 10, heads: 4 });
  expect(() => model.parameters(dataSizes(smallWorld({ items: 4 }), 3))).toThrow(
    "Gpo: heads must divide latentDimension 10, got 4",
  );
});

test("the size of the authors' experiments is an option", () => {
  const model = new Gpo({ latentDimension: 128, layers: 6, heads: 4 });
  const specs = model.parameters(dataSizes(smallWorld({ items: 4 }), 3));
  const layers = specs.filter(({ name }) => name.startsWith("encoder.layers."));
  // a layer: 4 maps of attention and 2 of the MLP, all 128 x 128, 5 biases (keys have none) and 4 vectors of its norms
  expect(layers.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(
    6 * (6 * 128 * 128 + 5 * 128 + 4 * 128),
  );
});

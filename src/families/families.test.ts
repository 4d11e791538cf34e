import { describe, expect, test } from "vitest";
import {
  BradleyTerry,
  Dpl,
  modelFrom,
  PalA,
  PalB,
  parseArchitecture,
  type DataSizes,
  type Model,
} from "./index.js";

const SIZES: DataSizes = { users: 7, items: { rows: 5, features: 4 } };
const IN_CONTEXT: DataSizes = { ...SIZES, contexts: { rows: 3, features: 6 } };
const shapes = (model: Model, sizes: DataSizes) =>
  Object.fromEntries(model.parameters(sizes).map(({ name, shape }) => [name, shape.join("x")]));

describe("parameters, named and shaped as in the authors' code", () => {
  test("PalA", () => {
    const base = { k: 3, latentDimension: 2 };
    expect(shapes(new PalA(base), SIZES)).toEqual({
      "item_learner.projector.mlp.layers.0.weight": "2x4",
      "user_learner.P": "3x4",
      "user_learner.W": "7x3",
    });
    expect(
      shapes(new PalA({ ...base, userPoint: "Pw", architecture: "mlp2-relu-dropout5" }), IN_CONTEXT),
    ).toEqual({
      "item_learner.projector.mlp.layers.0.weight": "2x10",
      "item_learner.projector.mlp.layers.0.bias": "2",
      "item_learner.projector.mlp.layers.3.weight": "2x2",
      "item_learner.projector.mlp.layers.3.bias": "2",
      "item_learner.projector.mlp.layers.6.weight": "2x2",
      "item_learner.projector.mlp.layers.6.bias": "2",
      "user_learner.P": "3x2",
      "user_learner.W": "7x3",
    });
    expect(shapes(new PalA(base), { ...SIZES, items: { rows: 5, features: 0 } })).toEqual({
      "item_learner.table": "5x2",
      "user_learner.P": "3x2",
      "user_learner.W": "7x3",
    });
  });

  test("PalB", () => {
    expect(shapes(new PalB({ k: 2, latentDimension: 3, head: "scaled-cosine" }), IN_CONTEXT)).toEqual({
      "item_learner.projector.mlp.layers.0.weight": "3x4",
      "user_learner.projectors.0.mlp.layers.0.weight": "3x6",
      "user_learner.projectors.1.mlp.layers.0.weight": "3x6",
      "user_learner.W": "7x2",
      logit_scale: "",
    });
  });

  test("the published size of mlp2 at d = 512", () => {
    // three 512 x 512 layers with bias are 787,968 numbers, as in the authors' checkpoints
    const model = new PalB({ k: 2, latentDimension: 512, architecture: "mlp2-gelu-dropout5-residual" });
    const sizes = { users: 1, items: { rows: 1, features: 512 }, contexts: { rows: 1, features: 512 } };
    const specs = model.parameters(sizes).filter(({ group }) => group === "projector");
    const total = specs.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    expect(total).toBe(2_363_904);
  });

  test("BradleyTerry: one number an item, or a meeting of item and context", () => {
    const one = new BradleyTerry({ latentDimension: 5, architecture: "mlp1-relu-dropout0-nobias" });
    expect(shapes(one, SIZES)).toEqual({
      "item_learner.projector.mlp.layers.0.weight": "5x4",
      "item_learner.projector.mlp.layers.3.weight": "1x5",
    });
    expect(shapes(new BradleyTerry({ latentDimension: 5 }), IN_CONTEXT)).toEqual({
      "item_learner.projector.mlp.layers.0.weight": "5x4",
      "user_learner.projectors.0.mlp.layers.0.weight": "5x6",
    });
  });
});

test("Dpl: one atom orders nothing", () => {
  const model = new Dpl({ variant: "categorical", atoms: 1 });
  expect(() => model.parameters(SIZES)).toThrow("Dpl: atoms must be at least 2, got 1");
  expect(new Dpl({ variant: "categorical", atoms: 2 }).parameters(SIZES)).not.toHaveLength(0);
});

describe("configuration", () => {
  test.each<[Model]>([
    [
      new PalA({
        k: 3,
        latentDimension: 2,
        loss: "logistic",
        distance: "plain",
        margin: 2,
        userPoint: "f(P)w",
      }),
    ],
    [
      new PalB({
        k: 1,
        latentDimension: 2,
        head: "scaled-cosine",
        assignment: "partition",
        initialLogitScale: 1,
      }),
    ],
    [new BradleyTerry({ architecture: "mlp1-gelu-dropout25", loss: "hinge" })],
  ])("makes the same model again ($kind)", (model) => {
    const copy = modelFrom(JSON.parse(JSON.stringify(model.config)) as typeof model.config);
    expect(copy).toEqual(model);
    expect(copy.config).toEqual(model.config);
  });

  test("architecture strings", () => {
    expect(parseArchitecture("f", "mlp2-gelu-dropout75-residual-nobias")).toEqual({
      hiddenLayers: 2,
      activation: "gelu",
      dropout: 0.75,
      residual: true,
      bias: false,
    });
    expect(parseArchitecture("f", "mlp0-linear-dropout0").dropout).toBe(0);
    expect(parseArchitecture("f", "mlp1-relu-dropout5").dropout).toBe(0.5);
    expect(() => parseArchitecture("PalA", "mlp3-relu-dropout0")).toThrow(
      'PalA: architecture must read mlp{0|1|2}-{linear|relu|gelu|leaky-relu}-dropout{digits}[-residual][-nobias], got "mlp3-relu-dropout0"',
    );
  });

  test.each([
    [() => new PalA({ k: 2, latentDimension: 0 }), "PalA: latentDimension must be an integer >= 1, got 0"],
    [
      () => new PalA({ k: 2, latentDimension: 2, userPoint: "wP" as never }),
      'PalA: userPoint must be one of "f(Pw)", "f(P)w", "Pw", got "wP"',
    ],
    [
      () => new PalA({ k: 2, latentDimension: 2, distance: "l1" as never }),
      'PalA: distance must be one of "squared", "plain", got "l1"',
    ],
    [() => new PalA({ k: 2, latentDimension: 2, margin: 0 }), "PalA: margin must be a number > 0, got 0"],
    [() => new PalA({ k: 2, latentDimension: 2, K: 2 } as never), 'PalA: unknown option "K"; known: "k"'],
    [
      () => new PalB({ k: 2, latentDimension: 2, head: "cosine" as never }),
      'PalB: head must be one of "inner-product", "scaled-cosine", got "cosine"',
    ],
    [
      () => new PalB({ k: 2, latentDimension: 2, assignment: "hard" as never }),
      'PalB: assignment must be one of "mixture", "partition", got "hard"',
    ],
    [
      () => new PalB({ k: 2, latentDimension: 2, initialLogitScale: NaN }),
      "PalB: initialLogitScale must be a finite number, got NaN",
    ],
    [
      () => new BradleyTerry({ loss: "mse" as never }),
      'BradleyTerry: loss must be one of "hinge", "logistic", got "mse"',
    ],
    [() => new BradleyTerry({ k: 1 } as never), 'BradleyTerry: unknown option "k"'],
    [() => modelFrom({}), 'modelFrom: kind must be "bradley-terry", '],
  ])("bad input %#", (make, message) => {
    expect(make).toThrow(message);
  });
});

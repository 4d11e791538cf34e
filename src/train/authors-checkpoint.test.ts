import { describe, expect, test } from "vitest";
import { DataError, InputError } from "../core/index.js";
import { smallWorld } from "../families/fixtures/index.js";
import { parseArchitecture, type Model } from "../families/index.js";
import { loadEngine } from "../engine/index.js";
import { A, B, one, tensor, type Tensors } from "./fixtures/authors-tensors.js";
import { decodeModel, decodeTensors, encodeTensors } from "./index.js";
import { loadAuthorsCheckpoint, type AuthorsCheckpointOptions } from "./index.js";

const engine = await loadEngine();
const ARCHITECTURE = "mlp1-gelu-dropout0";
const OF_A = { architecture: ARCHITECTURE, userPoint: "f(Pw)" } as const;
const OF_B = { architecture: ARCHITECTURE } as const;

function load(tensors: Tensors, options: Partial<AuthorsCheckpointOptions>) {
  const bytes = encodeTensors({ tensors, metadata: {} });
  return loadAuthorsCheckpoint(bytes, { engine, name: "m.st", ...options } as AuthorsCheckpointOptions);
}

function changed(tensors: Tensors, edit: (tensors: Tensors) => void): Tensors {
  const copy = new Map(tensors);
  edit(copy);
  return copy;
}

const P = "prefLearner.user_learner.P";
const F = "prefLearner.item_learner.projector.mlp.layers";
const world = { ...smallWorld({ items: 4 }), users: ["u0", "u1"], user: new Int32Array(11) };
const asked = { ...smallWorld({ items: 4, contexts: 4 }), users: ["u0", "u1"], user: new Int32Array(11) };

const mapOf = ({ model }: { model: Model }) =>
  parseArchitecture("test", String(model.config["architecture"]));

describe("a checkpoint of the authors' code", () => {
  test("shows the kind, K, d, D and the users", () => {
    const [a, b] = [load(A, OF_A), load(B, OF_B)];
    expect(a.model.config).toMatchObject({ kind: "pal-a", k: 2, latentDimension: 3, userPoint: "f(Pw)" });
    expect(a.model.config).toMatchObject({ distance: "plain", loss: "hinge", architecture: ARCHITECTURE });
    expect(b.model.config).toMatchObject({ kind: "pal-b", k: 2, latentDimension: 3, head: "scaled-cosine" });
    expect(b.model.config).toMatchObject({ loss: "logistic", assignment: "mixture" });
    expect(load(B, { ...OF_B, assignment: "partition" }).model.config["assignment"]).toBe("partition");
    expect([a.users, b.users]).toEqual([
      ["u0", "u1"],
      ["u0", "u1"],
    ]);
    expect([...(b.parameters.get("logit_scale") ?? [])]).toEqual([2.5]);
    expect(a.parameters.has("logit_scale")).toBe(false);
    const free = A.get("prefLearner.user_learner.W.u1")?.values ?? new Float32Array(0);
    expect(a.weights("u1")).toEqual(a.model.user.states(free, 1));
  });

  test("is a fitted model like any other: saves, loads, infers", () => {
    for (const [fitted, data] of [
      [load(A, OF_A), world],
      [load(B, OF_B), asked],
    ] as const) {
      const again = decodeModel(fitted.save(), engine);
      expect(again.scoresOf(data)).toEqual(fitted.scoresOf(data));
      expect(again.users).toEqual(fitted.users);
      const newcomer = { ...data, users: ["new"] };
      expect(fitted.scores(newcomer, fitted.infer(newcomer)).every(Number.isFinite)).toBe(true);
    }
  });

  test("f may have any one of its names, and the prefix may be missing", () => {
    const scores = load(A, OF_A).scoresOf(world);
    for (const kept of ["projector.", "item_learner.projector.", "user_learner.projector."]) {
      const tensors = [...A].filter(
        ([name]) => !name.includes("mlp.") || name.startsWith(`prefLearner.${kept}`),
      );
      expect(load(new Map(tensors), OF_A).scoresOf(world), kept).toEqual(scores);
    }
    const bare = new Map([...A].map(([name, value]) => [name.replace("prefLearner.", ""), value]));
    expect(load(bare, OF_A).scoresOf(world)).toEqual(scores);
    const other = [...B].filter(([name]) => !name.startsWith(F));
    expect(load(new Map(other), OF_B).scoresOf(asked)).toEqual(load(B, OF_B).scoresOf(asked));
  });

  test("the language model is passed over whatever its types", () => {
    const bytes = encodeTensors({
      tensors: new Map([...A, ["prefLearner.llm.position_ids", { shape: [], values: Float32Array.of(0) }]]),
      metadata: {},
    });
    const [from, to] = ["F32", "I64"].map((dtype) => `"prefLearner.llm.position_ids":{"dtype":"${dtype}"`);
    const text = Buffer.from(bytes).toString("latin1");
    const integers = Uint8Array.from(Buffer.from(text.replace(from, to), "latin1"));
    expect(() => decodeTensors(integers, "m.st")).toThrow("type I64");
    expect(loadAuthorsCheckpoint(integers, { engine, ...OF_A }).users).toHaveLength(2);
  });

  test("the softmax's temperature divides the free weights", () => {
    const two = { shape: [1], values: Float32Array.of(2) };
    const warm = changed(A, (tensors) => {
      tensors.set("prefLearner.softmax_w.temperature", two);
      tensors.set("prefLearner.user_learner.softmax.temperature", two);
    });
    const fitted = load(warm, OF_A);
    const free = A.get("prefLearner.user_learner.W.u0")?.values ?? new Float32Array(0);
    const halves = free.map((value) => value / 2);
    expect(fitted.weights("u0")).toEqual(fitted.model.user.states(halves, 1));
  });

  test("the user's point is inferred where P's width leaves one", () => {
    const latent = changed(A, (tensors) => tensors.set(P, tensor(2, 3)));
    expect(load(latent, OF_B).model.config).toMatchObject({ userPoint: "Pw" });
    expect(() => load(latent, OF_A)).toThrow(`parameter ${P} must have shape [2, 4], found [2, 3]`);
  });

  test("-residual-nobias has biases, as the authors' code trains it", () => {
    const architecture = "mlp1-gelu-dropout0-residual-nobias";
    const square = changed(A, (tensors) => {
      for (const name of ["projector", "item_learner.projector", "user_learner.projector"])
        tensors.set(`prefLearner.${name}.mlp.layers.0.weight`, {
          shape: [3, 3],
          values: new Float32Array(9),
        });
      tensors.set(P, tensor(2, 3));
    });
    expect(mapOf(load(square, { ...OF_A, architecture }))).toMatchObject({
      residual: true,
      bias: true,
    });
    const plain = new Map([...square].filter(([name]) => !name.endsWith(".bias")));
    expect(mapOf(load(plain, { ...OF_A, architecture }))).toMatchObject({
      residual: true,
      bias: false,
    });
  });
});

describe("what is not given, or does not agree", () => {
  test.each<[string, Tensors, object, string]>([
    [
      "no architecture",
      A,
      {},
      'loadAuthorsCheckpoint: architecture must be given (proj_arch of the authors\' configuration, e.g. "mlp2-relu-dropout0-residual"): m.st shows mlp1 with biases; activation, dropout and residual cannot be seen in a file',
    ],
    [
      "other layers",
      A,
      { architecture: "mlp2-gelu-dropout0" },
      "2 hidden layers with biases, but m.st shows mlp1",
    ],
    [
      "other biases",
      A,
      { architecture: "mlp1-gelu-dropout0-nobias" },
      "1 hidden layers without biases, but m.st shows mlp1 with biases",
    ],
    ["an ambiguous architecture", A, { architecture: "mlp1-gelu-dropout0-nobias-residual" }, "is ambiguous"],
    ["no architecture's form", A, { architecture: "identity" }, "architecture must read mlp{0|1|2}"],
    ["a residual that cannot be", A, { ...OF_A, architecture: `${ARCHITECTURE}-residual` }, "got 4 and 3"],
    [
      "no user point",
      A,
      OF_B,
      'userPoint (user_learner_type of the authors\' configuration) must be given, one of "f(Pw)"',
    ],
    ["an unknown user point", A, { ...OF_A, userPoint: "|f(P)|w" }, 'must be one of "f(Pw)", "f(P)w", "Pw"'],
    ["a user point for Model B", B, OF_A, 'userPoint "f(Pw)" is of Model A; m.st holds Model B'],
    ["a partition for Model A", A, { ...OF_A, assignment: "partition" }, "is of Model B; m.st holds Model A"],
    [
      "another head",
      A,
      { ...OF_A, head: "angle" },
      'head (pref_learner_type) of Model A must be one of "dist"',
    ],
    ["another head of Model B", B, { ...OF_B, head: "dist" }, 'of Model B must be one of "angle"'],
    ["an unknown option", A, { ...OF_A, activation: "relu" }, 'unknown option "activation"'],
  ])("%s", (_, tensors, options, message) => {
    expect(() => load(tensors, options)).toThrow(InputError);
    expect(() => load(tensors, options)).toThrow(message);
  });
});

describe("a file that is not right", () => {
  test.each<[string, Tensors, (tensors: Tensors) => void, string]>([
    [
      "neither model",
      A,
      (t) => t.delete(P),
      "(Model A) or prefLearner.user_learner.projectors.0 (Model B), found neither",
    ],
    ["both models", B, (t) => t.set(P, tensor(2, 4)), "found both"],
    [
      "a missing layer",
      new Map([...A].filter(([name]) => !name.endsWith("layers.0.weight"))),
      () => undefined,
      `parameter ${F}.0.weight is missing`,
    ],
    [
      "a missing bias",
      B,
      (t) => t.delete("prefLearner.user_learner.projectors.1.mlp.layers.3.bias"),
      "parameter prefLearner.user_learner.projectors.1.mlp.layers.3.bias [3] is missing",
    ],
    [
      "a missing scale",
      B,
      (t) => t.delete("prefLearner.logit_scale"),
      "parameter prefLearner.logit_scale [] is missing",
    ],
    [
      "a gap among the maps",
      changed(B, (t) => {
        for (const [name, value] of B) {
          if (!name.includes("projectors.1.")) continue;
          t.delete(name);
          t.set(name.replace("projectors.1.", "projectors.2."), value);
        }
      }),
      () => undefined,
      "parameter prefLearner.user_learner.projectors.1.mlp.layers.0.weight [3, 4] is missing",
    ],
    [
      "no users",
      new Map([...A].filter(([name]) => !name.includes(".W."))),
      () => undefined,
      "parameter prefLearner.user_learner.W.<user> is missing",
    ],
    [
      "an unknown parameter",
      A,
      (t) => t.set("prefLearner.user_learner.Q", one),
      'has parameters that the model does not: "prefLearner.user_learner.Q"',
    ],
    [
      "a layer between",
      A,
      (t) => t.set(`${F}.4.weight`, tensor(3, 3)),
      `has parameters that the model does not: "${F}.4.weight"`,
    ],
    [
      "a connector of the image models",
      B,
      (t) => t.set("prefLearner.item_learner.connector_x.mlp.layers.0.weight", tensor(4, 4)),
      'has parameters that the model does not: "prefLearner.item_learner.connector_x.mlp.layers.0.weight"',
    ],
    [
      "weights of another K",
      A,
      (t) => t.set("prefLearner.user_learner.W.u1", tensor(3)),
      "parameter prefLearner.user_learner.W.u1 must have shape [2], found [3]",
    ],
    [
      "a layer of one dimension",
      changed(A, (t) =>
        [...t.keys()].filter((name) => name.endsWith("layers.3.weight")).forEach((name) => t.set(name, one)),
      ),
      () => undefined,
      `parameter ${F}.3.weight must have shape [out, in], found [1]`,
    ],
    [
      "a value that is no number",
      A,
      (t) => t.set(P, { shape: [2, 4], values: new Float32Array(8).fill(NaN, 2) }),
      `parameter ${P} must be finite, found NaN at index 2`,
    ],
    [
      "duplicates that disagree",
      A,
      (t) => t.set("prefLearner.projector.mlp.layers.3.bias", { shape: [3], values: new Float32Array(3) }),
      "parameters prefLearner.item_learner.projector.mlp.layers.3.bias and prefLearner.projector.mlp.layers.3.bias are one map's and must be equal, found [3] with",
    ],
    [
      "duplicates of other shapes",
      A,
      (t) => t.set("prefLearner.projector.mlp.layers.3.bias", tensor(4)),
      "must be equal, found [3] with",
    ],
    [
      "a temperature of 0",
      A,
      (t) => {
        t.set("prefLearner.softmax_w.temperature", { shape: [1], values: Float32Array.of(0) });
        t.set("prefLearner.user_learner.softmax.temperature", { shape: [1], values: Float32Array.of(0) });
      },
      "prefLearner.softmax_w.temperature must be a number > 0, found 0",
    ],
    ["batch normalisation", A, (t) => t.set(`${F}.1.running_mean`, tensor(3)), "has batch normalisation"],
  ])("%s", (_, tensors, edit, message) => {
    const options = tensors.has(P) && message !== "found both" ? OF_A : OF_B;
    expect(() => load(changed(tensors, edit), options)).toThrow(DataError);
    expect(() => load(changed(tensors, edit), options)).toThrow(message);
  });

  test("a file that is cut off", () => {
    const bytes = encodeTensors({ tensors: A, metadata: {} });
    for (const length of [0, 7, 100, bytes.length - 1]) {
      expect(() => loadAuthorsCheckpoint(bytes.subarray(0, length), { engine, ...OF_A })).toThrow(
        "is cut off",
      );
    }
  });
});

import { describe, expect, test } from "vitest";
import { DataError } from "../core/index.js";
import { loadEngine } from "../engine/index.js";
import { PalA } from "../families/index.js";
import { camps } from "../families/fixtures/index.js";
import { decodeModel, decodeTensors, encodeTensors, fit, type Tensor } from "./index.js";

/** A safetensors file by its definition: length of the header, header, values. */
function file(header: unknown, values: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const bytes = new Uint8Array(8 + text.length + values.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(new TextEncoder().encode(text), 8);
  bytes.set(values, 8 + text.length);
  return bytes;
}

const TENSORS = new Map<string, Tensor>([
  ["b.weight", { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-30, Infinity) }],
  ["a", { shape: [], values: Float32Array.of(7) }],
  ["nothing", { shape: [0, 4], values: new Float32Array(0) }],
]);

describe("safetensors", () => {
  test("what is written is read, at any offset of the buffer", () => {
    const metadata = { format: "x", name: 'é "quoted"' };
    const bytes = encodeTensors({ tensors: TENSORS, metadata });
    const decoded = decodeTensors(bytes);
    expect(decoded.metadata).toEqual(metadata);
    expect([...decoded.tensors.keys()]).toEqual(["a", "b.weight", "nothing"]);
    for (const [name, tensor] of TENSORS) expect(decoded.tensors.get(name)).toEqual(tensor);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeTensors(shifted.subarray(3)).tensors).toEqual(decoded.tensors);
  });

  test("the bytes are those of the format", () => {
    const bytes = encodeTensors({
      tensors: new Map([["t", { shape: [2], values: Float32Array.of(1, -2) }]]),
      metadata: {},
    });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(header).toEqual({ __metadata__: {}, t: { dtype: "F32", shape: [2], data_offsets: [0, 8] } });
    // IEEE 754, little-endian: 1 is 3f800000, -2 is c0000000
    expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  });

  test("equal contents give equal bytes, whatever the order", () => {
    const reversed = new Map([...TENSORS].reverse());
    expect(encodeTensors({ tensors: reversed, metadata: {} })).toEqual(
      encodeTensors({ tensors: TENSORS, metadata: {} }),
    );
  });

  test("float64 values are read, metadata may be missing", () => {
    const values = new Uint8Array(Float64Array.of(0.5, -3).buffer);
    const { tensors, metadata } = decodeTensors(
      file({ t: { dtype: "F64", shape: [2], data_offsets: [0, 16] } }, values),
    );
    expect([...(tensors.get("t")?.values ?? [])]).toEqual([0.5, -3]);
    expect(metadata).toEqual({});
  });

  // bit patterns of IEEE 754 (binary16) and of bfloat16, the upper half of a float32
  test.each([
    ["F16", [0x3c00, 0xc000, 0x3555, 0x7bff, 0x0001, 0x8000], [1, -2, 1365 / 4096, 65504, 2 ** -24, -0]],
    ["F16", [0x7c00, 0xfc00, 0x7e00, 0x0400, 0x03ff], [Infinity, -Infinity, NaN, 2 ** -14, 1023 * 2 ** -24]],
    ["BF16", [0x3f80, 0xc000, 0x4049, 0x0080, 0x8000], [1, -2, 3.140625, 2 ** -126, -0]],
    ["BF16", [0x7f80, 0xff80, 0x7fc0], [Infinity, -Infinity, NaN]],
  ])("%s values %j are read as float32", (dtype, bits, expected) => {
    const header = { t: { dtype, shape: [bits.length], data_offsets: [0, 2 * bits.length] } };
    const values = new Uint8Array(Uint16Array.from(bits).buffer);
    expect([...(decodeTensors(file(header, values)).tensors.get("t")?.values ?? [])]).toEqual(expected);
  });

  test("tensors that are not wanted are passed over, whatever their type", () => {
    const header = {
      ids: { dtype: "I64", shape: [1], data_offsets: [0, 8] },
      t: { dtype: "F32", shape: [], data_offsets: [8, 12] },
    };
    const bytes = file(header, new Uint8Array([...new Uint8Array(8), 0, 0, 0x80, 0x3f]));
    const { tensors } = decodeTensors(bytes, "m.st", (name) => name !== "ids");
    expect([...tensors]).toEqual([["t", { shape: [], values: Float32Array.of(1) }]]);
  });

  const four = new Uint8Array(16);
  test.each([
    [
      "too short for a length",
      new Uint8Array(5),
      "m.st: is cut off: 5 bytes, the header's length alone takes 8",
    ],
    [
      "not safetensors",
      new TextEncoder().encode("PK0123456789"),
      "m.st: is cut off or not safetensors: its header takes",
    ],
    ["header that is no JSON", file("{oops"), "m.st: is not safetensors: its header is not JSON"],
    ["header that is no object", file("3"), "m.st: is not safetensors: its header is not a JSON object"],
    [
      "wrong type",
      file({ t: { dtype: "I64", shape: [2], data_offsets: [0, 16] } }),
      "m.st: tensor t has type I64; understood are F64, F32, F16, BF16",
    ],
    [
      "no shape",
      file({ t: { dtype: "F32", data_offsets: [0, 4] } }),
      "m.st: tensor t has no shape or no data_offsets",
    ],
    ["no entry", file({ t: null }), "m.st: tensor t is not described by an object"],
    [
      "offsets that do not fit",
      file({ t: { dtype: "F32", shape: [2], data_offsets: [0, 4] } }, four),
      "m.st: tensor t of shape [2] takes 8 bytes, its offsets give 4",
    ],
    [
      "negative offsets",
      file({ t: { dtype: "F32", shape: [2], data_offsets: [-8, 0] } }, four),
      "m.st: tensor t has a shape or data_offsets that are not whole numbers >= 0",
    ],
    [
      "cut-off values",
      file({ t: { dtype: "F32", shape: [5], data_offsets: [0, 20] } }, four),
      "m.st: is cut off: tensor t ends at byte",
    ],
  ])("%s", (_, bytes, message) => {
    expect(() => decodeTensors(bytes, "m.st")).toThrow(DataError);
    expect(() => decodeTensors(bytes, "m.st")).toThrow(message);
  });
});

describe("a model's file", () => {
  const saved = async (): Promise<Uint8Array> => {
    const fitted = await fit(new PalA({ k: 2, latentDimension: 3 }), camps(), {
      engine: await loadEngine(),
      seed: 1,
      epochs: 1,
    });
    return fitted.save();
  };
  const change = async (edit: (tensors: Map<string, Tensor>, metadata: Record<string, string>) => void) => {
    const { tensors, metadata } = decodeTensors(await saved());
    const [copy, words] = [new Map(tensors), { ...metadata }];
    edit(copy, words);
    const engine = await loadEngine();
    return () => decodeModel(encodeTensors({ tensors: copy, metadata: words }), engine, "m.st");
  };

  test("names and shapes are those of the authors' code", async () => {
    const { tensors, metadata } = decodeTensors(await saved());
    expect(tensors.get("prefLearner.item_learner.projector.mlp.layers.0.weight")?.shape).toEqual([3, 4]);
    expect(tensors.get("prefLearner.user_learner.P")?.shape).toEqual([2, 4]);
    expect(tensors.get("prefLearner.user_learner.W.user-7")?.shape).toEqual([2]);
    expect(tensors.size).toBe(2 + 24);
    expect(JSON.parse(metadata.model)).toMatchObject({ kind: "pal-a", k: 2, latentDimension: 3 });
  });

  test.each<[string, (tensors: Map<string, Tensor>, metadata: Record<string, string>) => void, string]>([
    ["nothing changed", () => undefined, ""],
    [
      "a parameter missing",
      (tensors) => tensors.delete("prefLearner.user_learner.P"),
      "m.st: parameter prefLearner.user_learner.P [2, 4] is missing",
    ],
    [
      "a user's weights missing",
      (tensors) => tensors.delete("prefLearner.user_learner.W.user-3"),
      "m.st: parameter prefLearner.user_learner.W.user-3 [2] is missing",
    ],
    [
      "another shape",
      (tensors) => tensors.set("prefLearner.user_learner.P", { shape: [4, 2], values: new Float32Array(8) }),
      "m.st: parameter prefLearner.user_learner.P must have shape [2, 4], found [4, 2]",
    ],
    [
      "an unknown parameter",
      (tensors) => tensors.set("prefLearner.user_learner.Q", { shape: [], values: Float32Array.of(1) }),
      'm.st: has parameters that the model does not: "prefLearner.user_learner.Q"',
    ],
    [
      "a value that is no number",
      (tensors) =>
        tensors.set("prefLearner.user_learner.P", {
          shape: [2, 4],
          values: new Float32Array(8).fill(NaN, 5),
        }),
      "m.st: parameter prefLearner.user_learner.P must be finite, found NaN at index 5",
    ],
    [
      "another format",
      (_, metadata) => (metadata.format = "pt"),
      'm.st: is not a pal-lab model: metadata.format must be "pal-lab 1", got pt',
    ],
    ["no model", (_, metadata) => delete metadata.model, "m.st: metadata.model is missing"],
    [
      "metadata that is no JSON",
      (_, metadata) => (metadata.users = "[oops"),
      "m.st: metadata.users is not JSON",
    ],
    [
      "an unknown kind",
      (_, metadata) => (metadata.model = '{"kind":"of-tomorrow"}'),
      'modelFrom: kind must be "bradley-terry", ',
    ],
  ])("%s", async (_, edit, message) => {
    const decode = await change(edit);
    if (message === "") expect(decode().users).toHaveLength(24);
    else expect(decode).toThrow(message);
  });
});

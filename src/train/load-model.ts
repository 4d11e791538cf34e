import { checkIsEngine } from "./check-fitted.js";
import { checkBytes, DataError, list } from "../core/index.js";
import type { AnswerCoding } from "../data/index.js";
import type { Engine } from "../engine/index.js";
import {
  modelFrom,
  type DataSizes,
  type Model,
  type Parameters,
  type ParameterSpec,
} from "../families/index.js";
import { fittedModel, type Fitted } from "./fitted-model.js";
import { FORMAT, PREFIX } from "./model-file.js";
import { decodeTensors, type TensorFile } from "../formats/index.js";

/**
 * Reads what `FittedModel.save` wrote.
 * @param name of the file, for messages
 * @throws DataError naming a parameter that is missing, unknown or of another shape
 * @example
 * const again = decodeModel(fitted.save(), await loadEngine());
 */
export function decodeModel(bytes: Uint8Array, engine: Engine, name = "safetensors"): Fitted<Model> {
  checkBytes("decodeModel: bytes", bytes, "the bytes of a model");
  checkIsEngine("decodeModel: engine", engine);
  const file = decodeTensors(bytes, name);
  if (file.metadata.format !== FORMAT) {
    throw new DataError(
      { file: name },
      `is not a pal-lab model: metadata.format must be "${FORMAT}", got ${String(file.metadata.format)}`,
    );
  }
  const read = <T>(key: string): T | null => readMetadata(file, key, name) as T | null;
  const need = <T>(key: string): T => {
    const value = read<T>(key);
    if (value === null) throw new DataError({ file: name }, `metadata.${key} is missing`);
    return value;
  };
  const model = modelFrom(need<{ [key: string]: unknown }>("model"));
  const users = need<string[]>("users");
  const sizes = need<DataSizes>("sizes");
  return fittedModel({
    model,
    sizes,
    parameters: readParameters(file, { specs: model.parameters(sizes), users, name }),
    users,
    engine,
    learnedItems: read<string[]>("learnedItems") ?? undefined,
    learnedContexts: read<string[]>("learnedContexts") ?? undefined,
    coding: read<AnswerCoding>("coding") ?? undefined,
    trainedItems: read<string[]>("trainedItems") ?? undefined,
  });
}

/** What a file must hold: the parameters `specs`, with one vector of weights for each user. */
export interface ExpectedParameters {
  readonly specs: readonly ParameterSpec[];
  readonly users: readonly string[];
  /** Of the file, for messages. */
  readonly name: string;
}

/** @throws DataError naming a parameter that is missing, unknown, of another shape or not finite */
export function readParameters(file: TensorFile, expected: ExpectedParameters): Parameters {
  const { specs } = expected;
  const parameters = new Map(specs.map((spec) => [spec.name, readParameter(file, spec, expected)]));
  checkNoOthers(file, expected);
  return parameters;
}

function readMetadata(file: TensorFile, key: string, name: string): unknown {
  try {
    return JSON.parse(file.metadata[key] ?? "null");
  } catch (cause) {
    throw new DataError({ file: name }, `metadata.${key} is not JSON`, { cause });
  }
}

function readParameter(file: TensorFile, spec: ParameterSpec, from: ExpectedParameters): Float32Array {
  const one = (name: string, shape: readonly number[]): Float32Array => {
    const tensor = file.tensors.get(PREFIX + name);
    if (tensor === undefined) {
      throw new DataError({ file: from.name }, `parameter ${PREFIX + name} [${shape.join(", ")}] is missing`);
    }
    if (tensor.shape.join() !== shape.join()) {
      throw new DataError(
        { file: from.name },
        `parameter ${PREFIX + name} must have shape [${shape.join(", ")}], found [${tensor.shape.join(", ")}]`,
      );
    }
    const bad = tensor.values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new DataError(
        { file: from.name },
        `parameter ${PREFIX + name} must be finite, found ${tensor.values[bad]} at index ${bad}`,
      );
    }
    return tensor.values;
  };
  if (spec.per === undefined) return one(spec.name, spec.shape);
  const rows = from.users.map((user) => one(`${spec.name}.${user}`, [spec.shape[1]]));
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

function checkNoOthers(file: TensorFile, known: ExpectedParameters): void {
  const names = new Set(known.specs.map(({ name }) => PREFIX + name));
  for (const { name, per } of known.specs)
    if (per === "user") for (const user of known.users) names.add(`${PREFIX}${name}.${user}`);
  const others = [...file.tensors.keys()].filter((name) => !names.has(name));
  if (others.length > 0) {
    throw new DataError(
      { file: known.name },
      `has parameters that the model does not: ${list(others)}; it has ${list([...names])}`,
    );
  }
}

import { checkBytes, DataError, list, sha256 } from "../core/index.js";
import { checkPreferenceData, type PreferenceData } from "./preference-data.js";
import { decodeTensors, type Tensor, type TensorFile } from "../formats/index.js";

const NEEDED = ["images", "prompts", "prompt", "left", "right", "label", "user"] as const;

/**
 * Comparisons of precomputed embeddings, for example the authors' Pick-a-Filter data on OpenCLIP-H/14, from one safetensors file with the tensors
 * `images` [I, D], `prompts` [C, E], and for each of N comparisons `prompt`, `left`, `right` (rows of those), `label` (-1 left, +1 right) and
 * `user`; optional `group` [U] for each user. Indices count from 0 and are whole numbers in float32.
 * The layout of the published archives is not known to us: see docs/safetensors.md for the lines of Python that write this file.
 * @param name of the file, for messages
 * @throws DataError naming a tensor that is missing or of another shape; InputError for indices or labels out of range
 */
export function embeddedComparisons(bytes: Uint8Array, name = "embeddings"): PreferenceData {
  checkBytes("embeddedComparisons: bytes", bytes, "the bytes of a safetensors file");
  const file = decodeTensors(bytes, name);
  const missing = NEEDED.filter((tensor) => !file.tensors.has(tensor));
  if (missing.length > 0) {
    throw new DataError(
      { file: name },
      `lacks the tensors ${list(missing)}; it has ${list([...file.tensors.keys()])}`,
    );
  }
  const [images, prompts] = [matrix(file, "images", name), matrix(file, "prompts", name)];
  const user = column(file, "user", name);
  const rows = user.length;
  const users = user.reduce((most, index) => Math.max(most, index), -1) + 1;
  const groups = file.tensors.has("group") ? column(file, "group", name) : undefined;
  if (groups !== undefined && groups.length !== users) {
    throw new DataError(
      { file: name },
      `tensor group must have one value for each of ${users} users, found ${groups.length}`,
    );
  }
  const data: PreferenceData = {
    users: Array.from({ length: users }, (_, i) => `user-${i}`),
    ...(groups === undefined ? {} : { groups: Array.from(groups, (group) => `G${group + 1}`) }),
    items: { ids: Array.from({ length: images.shape[0] }, (_, i) => `image-${i}`), features: images.values },
    contexts: {
      ids: Array.from({ length: prompts.shape[0] }, (_, i) => `prompt-${i}`),
      features: prompts.values,
    },
    user,
    left: column(file, "left", name, rows),
    right: column(file, "right", name, rows),
    context: column(file, "prompt", name, rows),
    label: Int8Array.from(column(file, "label", name, rows)),
    source: { name, license: file.metadata.license ?? "not stated", sha256: sha256(bytes) },
  };
  checkPreferenceData(name, data);
  return data;
}

function matrix(file: TensorFile, tensor: string, name: string): Tensor {
  const found = tensorOf(file, tensor);
  if (found.shape.length === 2) return found;
  throw new DataError(
    { file: name },
    `tensor ${tensor} must have shape [rows, columns], found [${found.shape.join(", ")}]`,
  );
}

function column(file: TensorFile, tensor: string, name: string, rows?: number): Int32Array {
  const { shape, values } = tensorOf(file, tensor);
  if (shape.length !== 1 || (rows !== undefined && shape[0] !== rows)) {
    const wanted = rows === undefined ? "rows" : String(rows);
    throw new DataError(
      { file: name },
      `tensor ${tensor} must have shape [${wanted}], found [${shape.join(", ")}]`,
    );
  }
  const bad = values.findIndex((value) => !Number.isInteger(value));
  if (bad >= 0) {
    throw new DataError(
      { file: name },
      `tensor ${tensor} must hold whole numbers, found ${values[bad]} at row ${bad}`,
    );
  }
  return Int32Array.from(values);
}

function tensorOf(file: TensorFile, tensor: string): Tensor {
  return file.tensors.get(tensor) ?? { shape: [0], values: new Float32Array(0) };
}

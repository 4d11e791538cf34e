import { checkBytes, checkObject, DataError } from "../core/index.js";

/** A named array with its shape; [] is a scalar. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What a safetensors file holds. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: { readonly [key: string]: string };
}

/**
 * Writes the safetensors format: eight bytes of header length, a JSON header, then the values, little-endian float32. Names are
 * sorted, so equal contents give equal bytes.
 * @source https://github.com/huggingface/safetensors (format)
 */
export function encodeTensors(file: TensorFile): Uint8Array {
  checkObject("encodeTensors: file", file, ["tensors", "metadata"], "an object { tensors: Map, metadata }");
  const names = [...file.tensors.keys()].sort();
  const header: Record<string, unknown> = { __metadata__: file.metadata };
  let offset = 0;
  const parts = names.map((name) => {
    const { shape, values } = file.tensors.get(name) ?? { shape: [], values: new Float32Array(0) };
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + 4 * values.length] };
    const part = { offset, values };
    offset += 4 * values.length;
    return part;
  });
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded + offset);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(padded), true);
  bytes.fill(0x20, 8, 8 + padded);
  bytes.set(text, 8);
  for (const part of parts) {
    part.values.forEach((value, i) => view.setFloat32(8 + padded + part.offset + 4 * i, value, true));
  }
  return bytes;
}

/** How many bytes a value of each type takes, and how it is read. */
const TYPES: {
  readonly [dtype: string]: { readonly width: number; read(view: DataView, at: number): number };
} = {
  F64: { width: 8, read: (view, at) => view.getFloat64(at, true) },
  F32: { width: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { width: 2, read: (view, at) => shortFloat(view.getUint16(at, true), 5) },
  BF16: { width: 2, read: (view, at) => shortFloat(view.getUint16(at, true), 8) },
};

/**
 * Reads safetensors: values of type F32, and F64, F16 or BF16 made float32.
 * @param name of the file, for messages
 * @param isWanted the tensors to read, by name; all by default. What is left out may be of any type
 * @throws DataError when the file is cut off, is not safetensors, or holds another type
 */
export function decodeTensors(
  bytes: Uint8Array,
  name = "safetensors",
  isWanted: (tensor: string) => boolean = () => true,
): TensorFile {
  checkBytes("decodeTensors: bytes", bytes, "the bytes of a safetensors file");
  const fail = (problem: string): never => {
    throw new DataError({ file: name }, problem);
  };
  if (bytes.length < 8) fail(`is cut off: ${bytes.length} bytes, the header's length alone takes 8`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > bytes.length - 8) {
    fail(
      `is cut off or not safetensors: its header takes ${headerLength} bytes, ${bytes.length - 8} are there`,
    );
  }
  const header = parseHeader(bytes.subarray(8, 8 + headerLength), fail);
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = new Map<string, Tensor>();
  for (const [tensor, entry] of Object.entries(entries)) {
    if (!isWanted(tensor)) continue;
    tensors.set(tensor, readTensor(view, 8 + headerLength, { name: tensor, entry, fail }));
  }
  return { tensors, metadata: metadata as { [key: string]: string } };
}

type Fail = (problem: string) => never;

function parseHeader(bytes: Uint8Array, fail: Fail): { [key: string]: unknown } {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return fail("is not safetensors: its header is not JSON");
  }
  if (typeof header !== "object" || header === null)
    return fail("is not safetensors: its header is not a JSON object");
  return header as { [key: string]: unknown };
}

function readTensor(
  view: DataView,
  start: number,
  from: { name: string; entry: unknown; fail: Fail },
): Tensor {
  const { name, fail } = from;
  if (typeof from.entry !== "object" || from.entry === null)
    return fail(`tensor ${name} is not described by an object`);
  const {
    dtype,
    shape,
    data_offsets: offsets,
  } = from.entry as { dtype?: string; shape?: number[]; data_offsets?: number[] };
  const type = Object.hasOwn(TYPES, String(dtype)) ? TYPES[String(dtype)] : undefined;
  if (type === undefined) {
    return fail(`tensor ${name} has type ${String(dtype)}; understood are ${Object.keys(TYPES).join(", ")}`);
  }
  const { width, read } = type;
  if (!Array.isArray(shape) || !Array.isArray(offsets))
    return fail(`tensor ${name} has no shape or no data_offsets`);
  const count = shape.reduce((product, side) => product * side, 1);
  const [begin, end] = offsets;
  if (![...shape, begin, end].every((value) => Number.isInteger(value) && value >= 0)) {
    return fail(`tensor ${name} has a shape or data_offsets that are not whole numbers >= 0`);
  }
  if (end - begin !== count * width) {
    fail(
      `tensor ${name} of shape [${shape.join(", ")}] takes ${count * width} bytes, its offsets give ${end - begin}`,
    );
  }
  if (start + end > view.byteLength) {
    fail(`is cut off: tensor ${name} ends at byte ${start + end}, the file has ${view.byteLength}`);
  }
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = read(view, start + begin + width * i);
  return { shape, values };
}

/** A float of 16 bits, IEEE 754's way: a sign, `exponentBits` of exponent (half precision has 5, bfloat16 8), the rest fraction. */
function shortFloat(bits: number, exponentBits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const one = 2 ** (15 - exponentBits);
  const fraction = (bits & (one - 1)) / one;
  const largest = 2 ** exponentBits - 1;
  const exponent = (bits & 0x7fff) >> (15 - exponentBits);
  const bias = (largest - 1) / 2;
  if (exponent === largest) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias);
  return sign * (1 + fraction) * 2 ** (exponent - bias);
}

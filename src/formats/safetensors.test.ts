import { describe, expect, test } from "vitest";
import { decodeTensors, encodeTensors } from "./index.js";

/** Length of the header, header, values, as the format says. */
function file(header: string | Uint8Array, values: ArrayLike<number> = [], length?: number): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + values.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length ?? text.length), true);
  bytes.set(text, 8);
  bytes.set(values, 8 + text.length);
  return bytes;
}

describe("a file that is none", () => {
  test.each([
    [new Uint8Array(7), "safetensors: is cut off: 7 bytes, the header's length alone takes 8"],
    [new Uint8Array(8), "safetensors: is not safetensors: its header is not JSON"],
    [file("{}", [], 3), "is cut off or not safetensors: its header takes 3 bytes, 2 are there"],
    [file(Uint8Array.of(0x22, 0xff, 0x22)), "its header is not JSON"],
    [file("null"), "its header is not a JSON object"],
    [file("3"), "its header is not a JSON object"],
    [file('{"t":3}'), "tensor t is not described by an object"],
    [
      file('{"t":{"dtype":"F32","shape":[2,3],"data_offsets":[4,12]}}', new Uint8Array(24)),
      "tensor t of shape [2, 3] takes 24 bytes, its offsets give 8",
    ],
  ])("%#: %s", (bytes, message) => {
    expect(() => decodeTensors(bytes)).toThrow(message);
  });
});

test("a header that fills the file, and tensors one behind the other, are read where their offsets say", () => {
  expect(decodeTensors(file("{}")).tensors.size).toBe(0);
  const entries =
    '{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  // IEEE 754, little-endian: 1 is 3f800000, -2 is c0000000
  const { tensors } = decodeTensors(file(entries, [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]));
  expect([...tensors].map(([name, { values }]) => [name, ...values])).toEqual([
    ["a", -2],
    ["b", 1],
  ]);
});

test("tensors that are not wanted may be of any type", () => {
  const { tensors } = decodeTensors(
    file('{"i":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}', new Uint8Array(8)),
    "m.st",
    (name) => name !== "i",
  );
  expect(tensors.size).toBe(0);
});

test("the header is filled up with spaces to whole eights", () => {
  const bytes = encodeTensors({ tensors: new Map(), metadata: { a: "b" } });
  // {"__metadata__":{"a":"b"}} has 26 characters
  expect(bytes.length).toBe(8 + 32);
  expect(new TextDecoder().decode(bytes.subarray(8))).toBe('{"__metadata__":{"a":"b"}}      ');
});

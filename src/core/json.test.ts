import { expect, test } from "vitest";
import { sha256, stableJson } from "./index.js";

test("equal values give equal bytes whatever the order of their keys", () => {
  expect(stableJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  expect(stableJson({ a: null, b: [{ c: 2, d: 1 }] })).toBe(stableJson({ b: [{ d: 1, c: 2 }], a: null }));
});

test("numbers are rounded to significant digits, in typed arrays too", () => {
  expect(stableJson({ x: 1234.56789, y: 0.000123456 }, { digits: 4 })).toBe('{"x":1235,"y":0.0001235}');
  expect(stableJson(Float32Array.of(0.1, 2), { digits: 4 })).toBe("[0.1,2]");
  expect(stableJson(0.1 + 0.2)).toBe("0.30000000000000004");
});

test("absent values leave no key", () => {
  expect(stableJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

test("sha256 of the published test vectors (FIPS 180-2)", () => {
  expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).toBe(
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  );
});

test("sha256 of bytes sees the view, not the buffer below it", () => {
  const bytes = new TextEncoder().encode("xabcx");
  expect(sha256(bytes.subarray(1, 4))).toBe(sha256("abc"));
  expect(sha256(new DataView(bytes.buffer, 1, 3))).toBe(sha256("abc"));
  expect(sha256("é")).toBe(sha256(Uint8Array.of(0xc3, 0xa9)));
});

test("times, years and counts are not rounded: a day must not move by a week", () => {
  expect(stableJson([12345n, new Date("2021-01-02")])).toBe('[12345,"2021-01-02T00:00:00.000Z"]');
  const given = [1609459200000, 20190101, 123456, 123456.789, -100001];
  expect(stableJson(given, { digits: 4 })).toBe(JSON.stringify(given));
});

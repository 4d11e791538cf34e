import { describe, expect, test } from "vitest";
import {
  checkFinite,
  checkInteger,
  checkKeys,
  checkNumber,
  checkOneOf,
  DataError,
  InputError,
  list,
  messageOf,
  show,
} from "./index.js";

describe("checks say what must hold and what came", () => {
  test.each([
    [() => checkInteger("sweep: K", 0, { min: 1 }), "sweep: K must be an integer >= 1, got 0"],
    [() => checkInteger("sweep: K", 2.5, { min: 1 }), "sweep: K must be an integer >= 1, got 2.5"],
    [() => checkInteger("f: n", Number.NaN), "f: n must be an integer, got NaN"],
    [() => checkInteger("f: n", 9, { min: 1, max: 8 }), "f: n must be an integer >= 1 and <= 8, got 9"],
    [() => checkInteger("f: n", "3" as unknown as number), 'f: n must be an integer, got "3"'],
    [() => checkNumber("f: rate", 0, { above: 0 }), "f: rate must be a number > 0, got 0"],
    [() => checkNumber("f: p", 1, { min: 0, below: 1 }), "f: p must be a number >= 0 and < 1, got 1"],
    [() => checkNumber("f: p", Infinity), "f: p must be a finite number, got Infinity"],
    [() => checkNumber("f: p", "1" as unknown as number), 'f: p must be a finite number, got "1"'],
    [
      () => checkOneOf("f: loss", "hing", ["hinge", "logistic"]),
      'f: loss must be one of "hinge", "logistic", got "hing"',
    ],
    [
      () => checkKeys("fit", { epoch: 3 }, ["epochs", "seed"]),
      'fit: unknown option "epoch"; known: "epochs", "seed"; did you mean "epochs"?',
    ],
    [
      () => checkKeys("f", { rate: 3 }, ["epochs", "seed"]),
      'f: unknown option "rate"; known: "epochs", "seed"',
    ],
    [() => checkKeys("f", { a: 1 }, []), 'f: unknown option "a"; known: '],
    [
      () => checkKeys("fit", 3 as never, ["a", "b", "c"]),
      "fit: options must be an object such as { a, b, c }, got 3",
    ],
    [
      () => checkKeys("fit", null as never, ["a", "b", "c", "d"]),
      "fit: options must be an object such as { a, b, c, … }, got null",
    ],
    [() => checkKeys("fit", [1, 2], ["a"]), "fit: options must be an object such as { a }, got 1,2"],
    [() => checkFinite("f: x", [1, 2, 3, NaN], 2), "f: x must be finite, got NaN at row 1, column 1"],
    [() => checkFinite("f: x", [1, -Infinity]), "f: x must be finite, got -Infinity at index 1"],
  ])("%#", (run, message) => {
    expect(run).toThrow(new InputError(message));
    expect(run).toThrow(InputError);
  });

  test("one value that is not finite is found wherever it stands", () => {
    for (let n = 1; n <= 11; n++)
      for (let at = 0; at < n; at++)
        for (const wrong of [NaN, Infinity, -Infinity]) {
          const values = Float64Array.from({ length: n }, (_, i) => (i === at ? wrong : -1e300));
          expect(() => checkFinite("f: x", values)).toThrow(`must be finite, got ${wrong} at index ${at}`);
          expect(() => checkFinite("f: x", values.with(at, 0))).not.toThrow();
        }
  });

  test("what passes is returned", () => {
    expect(checkInteger("f: n", 3, { min: 3, max: 3 })).toBe(3);
    expect(checkNumber("f: p", 0, { min: 0, below: 1 })).toBe(0);
    expect(checkOneOf("f: kind", "b", ["a", "b"])).toBe("b");
    expect(checkKeys("f", { a: 1 }, ["a", "b"])).toBeUndefined();
  });
});

describe("pieces of messages", () => {
  test("a list shows ten and counts the rest", () => {
    expect(list(["a", "b"])).toBe('"a", "b"');
    expect(list(Array.from({ length: 12 }, (_, i) => `${i}`))).toMatch(/"9" and 2 more$/);
    expect(list(Array.from({ length: 10 }, (_, i) => `${i}`))).toMatch(/"9"$/);
  });

  test("a long value is cut", () => {
    expect(show("x".repeat(200))).toHaveLength(80);
    expect(show(undefined)).toBe("undefined");
    expect(show('a "b"')).toBe('"a \\"b\\""');
  });

  test("a data error starts with the place", () => {
    const error = new DataError({ file: "votes.csv", line: 3, column: "vote" }, "is not a number");
    expect(error.message).toBe("votes.csv:3 (column vote): is not a number");
    expect(error.location.line).toBe(3);
    expect(new DataError({ file: "votes.csv" }, "is empty").message).toBe("votes.csv: is empty");
  });

  test("anything thrown has a text", () => {
    expect(messageOf(new Error("a"))).toBe("a");
    expect(messageOf("b")).toBe("b");
  });
});

import { describe, expect, test } from "vitest";
import { hintFor } from "./hint.js";

describe("hintFor", () => {
  test("a constant of an earlier cell in shorthand", () => {
    for (const source of ["f({ K })", "f({ a: 1, K })", "f({\n  K,\n  b,\n})"]) {
      expect(hintFor("ReferenceError", "K is not defined", source)).toContain(
        "write { K: K } instead of { K }",
      );
    }
  });

  test("says nothing where the cause is another", () => {
    expect(hintFor("ReferenceError", "K is not defined", "console.log(K)")).toBeUndefined();
    expect(hintFor("ReferenceError", "K is not defined", "f({ K: K })")).toBeUndefined();
    expect(hintFor("TypeError", "K is not defined", "f({ K })")).toBeUndefined();
    expect(hintFor("ReferenceError", "$x is not defined", "f({ $x })")).toContain("{ $x: $x }");
  });

  test("says where a name of an earlier version is now", () => {
    const message = `1:10 - Module '"pal-lab"' has no exported member 'pca'.`;
    expect(hintFor("CompileError", message, "")).toBe(
      'hint: "pca" moved in pal-lab 0.2: import { maps } from "pal-lab" and write maps.pca',
    );
    expect(hintFor("CompileError", message.replace("pca", "pancake"), "")).toBeUndefined();
  });
});

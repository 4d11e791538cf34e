import { describe, expect, test } from "vitest";
import { randomStream, type RandomStream } from "../../core/index.js";
import { fromAddress, toAddress } from "./address.js";
import { KNOBS, KNOB_NAMES } from "./knobs.js";
import { freeze, HIDEABLE, reduce } from "./reduce.js";
import { START, type ExplorerState, type Goal } from "./state.js";

const pick = <T>(rng: RandomStream, values: readonly T[]): T => values[rng.integer(values.length)];
const coordinate = (rng: RandomStream): number => Math.round((6 * rng.uniform() - 3) * 1000) / 1000;

function randomState(rng: RandomStream): ExplorerState {
  let state = START;
  for (const knob of KNOB_NAMES) {
    const range = KNOBS[knob];
    const value =
      range.kind === "number"
        ? range.min + rng.uniform() * (range.max - range.min)
        : pick<string | boolean>(rng, range.kind === "choice" ? range.values : [true, false]);
    state = reduce(state, { kind: "turn", knob, value });
  }
  for (let i = rng.integer(5); i > 0; i--) {
    const what = pick(rng, ["user", "item", "prototype"] as const);
    state = reduce(state, {
      kind: "drag",
      moved: { what, index: rng.integer(200), x: coordinate(rng), y: coordinate(rng) },
    });
  }
  const goals = Array.from({ length: rng.integer(3) }, (): Goal => ({
    measure: pick(rng, ["accuracy", "k", "answers", "users"]),
    is: pick(rng, ["at least", "at most"]),
    value: pick(rng, [0.95, 3, 40, 1e-7, 0.1 + 0.2]),
  }));
  return freeze({ ...state, goals, hidden: HIDEABLE.filter(() => rng.uniform() < 0.2) });
}

describe("the state in an address", () => {
  test("10 000 random states come back as they were, and nothing is said", () => {
    const rng = randomStream(17).split("states");
    for (let i = 0; i < 10_000; i++) {
      const state = randomState(rng);
      expect(fromAddress(`#${toAddress(state)}`)).toEqual({ state, messages: [] });
    }
  });

  test("10 000 damaged addresses give a state and a message, never an exception", () => {
    const rng = randomStream(18).split("damage");
    const strange = [
      "%",
      "%zz",
      "\u0000",
      "é",
      "NaN",
      "Infinity",
      "-1",
      "<script>",
      "__proto__",
      ",,",
      "::",
      "1e99",
    ];
    for (let i = 0; i < 10_000; i++) {
      const key = pick(rng, [
        ...KNOB_NAMES.map((name) => KNOBS[name].key),
        "moved",
        "hide",
        "goal",
        "constructor",
      ]);
      const damaged = `${key}=${pick(rng, strange)}${pick(rng, strange)}`;
      const whole = toAddress(randomState(rng))
        .split("&")
        .filter((part) => !part.startsWith(`${key}=`));
      whole.splice(rng.integer(whole.length), 0, damaged);
      const cut = rng.uniform() < 0.2 ? [damaged] : whole;
      const { state, messages } = fromAddress(`#${cut.join("&")}`);
      expect(messages, damaged).not.toEqual([]);
      expect(fromAddress(toAddress(state))).toEqual({ state, messages: [] });
    }
  });

  test("whatever bytes an address is cut into, there is a state", () => {
    const rng = randomStream(19).split("bytes");
    for (let i = 0; i < 2000; i++) {
      const text = toAddress(randomState(rng));
      const at = rng.integer(text.length);
      const broken =
        text.slice(0, at) + String.fromCharCode(rng.integer(1000)) + text.slice(at + rng.integer(9));
      expect(Object.isFrozen(fromAddress(broken).state)).toBe(true);
    }
  });

  test("an unknown knob of an old link is left out, and named", () => {
    const { state, messages } = fromAddress("#k=4&glow=7&seed=2");
    expect([state.k, state.seed]).toEqual([4, 2]);
    expect(messages).toEqual(["not known, and left out: glow"]);
  });

  test("knobs are hidden by their names in the address", () => {
    expect(fromAddress("#hide=kstar,noise").state.hidden).toEqual(["truePrototypes", "noise"]);
    expect(fromAddress("#hide=truePrototypes").messages).toHaveLength(1);
  });

  test("a value out of range says which there are", () => {
    expect(fromAddress("#k=77").messages).toEqual(["k=77 is not possible: 1 to 6 in steps of 1"]);
    expect(fromAddress("#family=gpt").messages[0]).toMatch(/pal-a, pal-b, vpl/);
    expect(fromAddress(`#${"x".repeat(30_000)}`).messages[0]).toMatch(/30000 characters/);
  });
});

describe("the reducer", () => {
  test("turning a knob gives a new frozen state, and leaves the old one", () => {
    const next = reduce(START, { kind: "turn", knob: "k", value: 4 });
    expect([next.k, START.k]).toEqual([4, 3]);
    expect(Object.isFrozen(next)).toBe(true);
    expect(reduce(next, { kind: "turn", knob: "k", value: 4 })).toBe(next);
  });

  test("a number is brought onto the knob's steps, and what is no value of a knob changes nothing", () => {
    expect(reduce(START, { kind: "turn", knob: "noise", value: 0.333 }).noise).toBe(0.3);
    expect(reduce(START, { kind: "turn", knob: "users", value: 1e9 }).users).toBe(1000);
    expect(reduce(START, { kind: "turn", knob: "users", value: Number.NaN })).toBe(START);
    expect(reduce(START, { kind: "turn", knob: "family", value: "no such" })).toBe(START);
  });

  test("what was dragged is remembered once, within the plane, and forgotten in another world", () => {
    const at = (x: number, y: number) => ({ kind: "drag", moved: { what: "user", index: 3, x, y } }) as const;
    const moved = reduce(reduce(START, at(1, 1)), at(99, -2));
    expect(moved.moved).toEqual([{ what: "user", index: 3, x: 3, y: -2 }]);
    expect(reduce(moved, { kind: "turn", knob: "k", value: 2 }).moved).toHaveLength(1);
    expect(reduce(moved, { kind: "turn", knob: "seed", value: 2 }).moved).toEqual([]);
    expect(reduce(moved, { kind: "put back" }).moved).toEqual([]);
  });

  test("the user looked at is one of those there are", () => {
    const last = reduce(START, { kind: "turn", knob: "chosen", value: 140 });
    expect(reduce(last, { kind: "turn", knob: "users", value: 20 }).chosen).toBe(19);
  });
});

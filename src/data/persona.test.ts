import { describe, expect, test } from "vitest";
import { InputError } from "../core/index.js";
import { personaBlindCeiling, personaPool, type PersonaSet } from "./persona-pool.js";
import { simulatePersona, type SimulatePersonaOptions } from "./persona.js";
import { checkPreferenceData, countByUser } from "./preference-data.js";

const source = { name: "test", license: "CC0-1.0", sha256: "0" };

function sets(personas: number, agreeing: number): PersonaSet[] {
  return Array.from({ length: personas }, (_, p) => ({
    persona: `p${p}`,
    statements: Array.from({ length: 2 * agreeing }, (_, s) => ({
      text: `persona ${p} statement ${s}`,
      agrees: s % 2 === 0,
      line: s + 1,
    })),
  }));
}

const base: SimulatePersonaOptions = {
  usersPerGroup: 4,
  comparisonsPerUser: 20,
  prompts: "uniform",
  seed: 7,
};

function simulate(change: Partial<SimulatePersonaOptions> = {}, personas = 3, agreeing = 50) {
  return simulatePersona(personaPool(sets(personas, agreeing)), undefined, source, { ...base, ...change });
}

describe("personaPool", () => {
  test("holds the statements that agree, with ids that name file and line", () => {
    const pool = personaPool(sets(2, 3));
    expect(pool.ids).toEqual(["p0:1", "p0:3", "p0:5", "p1:1", "p1:3", "p1:5"]);
    expect(pool.text[1]).toBe("persona 0 statement 2");
    expect(Array.from(pool.members)).toEqual([1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1]);
  });

  test("a text that two personas share is one statement of both", () => {
    const shared = { text: "same", agrees: true, line: 1 };
    const pool = personaPool([
      { persona: "a", statements: [shared] },
      { persona: "b", statements: [shared, { ...shared, text: "other", line: 2 }] },
    ]);
    expect(pool.text).toEqual(["same", "other"]);
    expect(Array.from(pool.members)).toEqual([1, 1, 0, 1]);
  });

  test("refuses no persona, one twice, and one without statements", () => {
    expect(() => personaPool([])).toThrow("needs at least one persona");
    expect(() => personaPool([...sets(1, 2), ...sets(1, 2)])).toThrow('got "p0" twice');
    expect(() => personaPool([{ persona: "x", statements: [] }])).toThrow('"x" has no statement');
  });
});

describe("personaBlindCeiling", () => {
  test.each([2, 3, 4, 6])("is 1 - 1/K* for uniform and 1/2 for balanced prompts, K* = %i", (k) => {
    const pool = personaPool(sets(k, 10));
    const every = Int32Array.from(pool.ids.keys());
    expect(personaBlindCeiling(pool, every, "uniform")).toBeCloseTo(1 - 1 / k, 12);
    expect(personaBlindCeiling(pool, every, "balanced")).toBeCloseTo(0.5, 12);
  });

  test("counts a statement that all personas share as known", () => {
    const shared = { text: "same", agrees: true, line: 1 };
    const own = (text: string) => ({ text, agrees: true, line: 2 });
    const pool = personaPool([
      { persona: "a", statements: [shared, own("a")] },
      { persona: "b", statements: [shared, own("b")] },
    ]);
    // "same" is always answered yes; "a" and "b" by half of the users: (1 + 1/2 + 1/2) / 3.
    expect(personaBlindCeiling(pool, Int32Array.of(0, 1, 2), "uniform")).toBeCloseTo(2 / 3, 12);
  });
});

describe("simulatePersona", () => {
  test("a user says yes exactly to the statements of the own persona", () => {
    const { train, test: held, pool } = simulate();
    for (const data of [train, held]) {
      checkPreferenceData("test", data);
      data.label.forEach((label, row) => {
        const id = pool.ids[data.context?.[row] ?? -1];
        expect(label === 1).toBe(id.startsWith(`${data.groups?.[data.user[row]]}:`));
      });
      expect(data.left.every((item) => data.items.ids[item] === "no")).toBe(true);
      expect(data.right.every((item) => data.items.ids[item] === "yes")).toBe(true);
    }
    expect(train.users[4]).toBe("p1/0");
  });

  test("no statement is in two splits and none is asked twice of a user", () => {
    const result = simulate({ unseenUsersPerGroup: 2 });
    const asked = (data: typeof result.train) => new Set(data.context);
    const [train, validation, held] = [result.train, result.validation, result.test].map(asked);
    expect([...train].filter((c) => validation.has(c) || held.has(c))).toEqual([]);
    expect([...validation].filter((c) => held.has(c))).toEqual([]);
    expect([...held].every((c) => result.statementSplit[c] === "test")).toBe(true);
    const { adapt, test: unseenTest } = result.unseen ?? {};
    expect(adapt?.users).toEqual(["p0/new-0", "p0/new-1", "p1/new-0", "p1/new-1", "p2/new-0", "p2/new-1"]);
    expect([...(adapt?.context ?? [])].every((c) => result.statementSplit[c] === "train")).toBe(true);
    expect([...(unseenTest?.context ?? [])].every((c) => result.statementSplit[c] === "test")).toBe(true);
    for (const user of result.train.users.keys()) {
      const own = result.train.context?.filter((_, row) => result.train.user[row] === user) ?? [];
      expect(new Set(own).size).toBe(20);
    }
  });

  test("every split has its share of every persona", () => {
    const { pool, statementSplit } = simulate({ testStatements: 0.3, validationStatements: 0.1 });
    for (const persona of pool.personas) {
      const own = statementSplit.filter((_, c) => pool.ids[c].startsWith(`${persona}:`));
      expect(own.filter((split) => split === "test").length).toBe(15);
      expect(own.filter((split) => split === "validation").length).toBe(5);
    }
  });

  test("balanced prompts are half own, half others', also of the first n", () => {
    const { train } = simulate({ prompts: "balanced" });
    for (const user of train.users.keys()) {
      const labels = train.label.filter((_, row) => train.user[row] === user);
      expect(labels.reduce((sum, label) => sum + label, 0)).toBe(0);
      expect(Math.abs(labels.slice(0, 7).reduce((sum, label) => sum + label, 0))).toBe(1);
    }
  });

  test.each(["uniform", "balanced"] as const)("fewer %s comparisons are the first of more", (prompts) => {
    const few = simulate({ prompts, comparisonsPerUser: 5 });
    const many = simulate({ prompts, comparisonsPerUser: 30 });
    expect(few.test.context).toEqual(many.test.context);
    for (let user = 0; user < few.train.users.length; user++) {
      const five = few.train.context?.slice(5 * user, 5 * user + 5);
      expect(many.train.context?.slice(30 * user, 30 * user + 5)).toEqual(five);
    }
  });

  test("the best user-blind answer reaches the ceiling in a large population", () => {
    const { test: held, blindCeiling } = simulate({ usersPerGroup: 200, testComparisonsPerUser: 10 }, 4);
    // Always "no"; 800 users x 10 draws, standard error 0.005.
    const accuracy = held.label.filter((label) => label === -1).length / held.label.length;
    expect(blindCeiling).toBeCloseTo(0.75, 12);
    expect(Math.abs(accuracy - blindCeiling)).toBeLessThan(0.02);
  });

  test("the same seed gives the same data, another seed other data", () => {
    expect(simulate().train.context).toEqual(simulate().train.context);
    expect(simulate({ seed: 8 }).train.context).not.toEqual(simulate().train.context);
  });

  test("numbers that are not asked for stop at what there is", () => {
    const { validation, test: held } = simulate({ comparisonsPerUser: 5 }, 2, 10);
    expect(new Set(countByUser(held))).toEqual(new Set([4]));
    expect(new Set(countByUser(validation))).toEqual(new Set([2]));
  });

  test("refuses more comparisons than statements, saying how many there are", () => {
    expect(() => simulate({ comparisonsPerUser: 106 })).toThrow(
      "comparisonsPerUser must be 1 … 105, got 106: the train statements are enough for 105 uniform prompts",
    );
    expect(() => simulate({ prompts: "balanced", testComparisonsPerUser: 21 })).toThrow(
      "must be 1 … 20, got 21",
    );
  });

  test("refuses options that cannot be right", () => {
    expect(() => simulate({ usersPerGroup: 0 })).toThrow(InputError);
    expect(() => simulate({ testStatements: 0.6, validationStatements: 0.4 })).toThrow(
      "must be a number < 1",
    );
    expect(() => simulate({ prompts: "even" as "uniform" })).toThrow('one of "uniform", "balanced"');
    expect(() => simulate({ samples: 3 } as object)).toThrow('unknown option "samples"');
  });
});

import { describe, expect, test } from "vitest";
import type { Interval } from "../../core/index.js";
import type { ComparedColumn, ComparedMethod, Exploration } from "../../evaluate/index.js";
import {
  columnWords,
  gainWords,
  kindWords,
  subjectWord,
  opinionWords,
  plainAnswers,
  pWords,
  slopeWords,
  sureWords,
  testWords,
  titleOf,
} from "./explore-words.js";
import { basisWords } from "./short-forms.js";
import { percent, signed } from "./short-forms.js";

const interval = (mean: number, low: number, high: number): Interval => ({
  ...{ mean, low, high, n: 100, kind: "bootstrap" },
});

describe("numbers", () => {
  test.each([
    [0.001, 999, "p ≤ 1/1000"],
    [0.002, 999, "p = 0.002"],
    [0.025, 39, "p ≤ 1/40"],
    [0.025, 999, "p = 0.025"],
    [0.0996, 999, "p = 0.100"],
    [0.317, 999, "p = 0.32"],
    [1, 19, "p = 1.00"],
  ])("p %d of %d draws", (p, draws, words) => expect(pWords(p, draws)).toBe(words));

  test.each([
    [0.73, "73 %"],
    [0.025, "2.5 %"],
    [0.01, "1.0 %"],
    [0, "0.0 %"],
    [0.997, "99.7 %"],
    [1, "100.0 %"],
  ])("fraction %d", (fraction, words) => expect(percent(fraction)).toBe(words));

  test.each([
    [0.0123, 3, "+0.012"],
    [-0.0123, 3, "−0.012"],
    [-0.0001, 3, "0.000"],
    [0, 2, "0.00"],
  ])("signed %d", (value, digits, words) => expect(signed(value, digits)).toBe(words));
});

describe("whether users differ", () => {
  const given = (pValue: number, unaskable?: string): Exploration["test"] =>
    ({ pValue, draws: 999, unaskable }) as Exploration["test"];

  test.each([
    [0.001, "Yes: answers of one user go together more than one reward for all can explain (p ≤ 1/1000)."],
    [0.05, "Yes: answers of one user go together more than one reward for all can explain (p = 0.050)."],
    [
      0.051,
      "These answers do not show it: answers of one user go together no more than they often do where one reward holds for all (p = 0.051). That is no proof that all users are alike.",
    ],
  ])("p = %d", (p, words) => expect(testWords(given(p))).toBe(words));

  test("of one ranking a user it says what it cannot tell apart, and that it foretells nothing", () => {
    const alone = { ...given(0.001), alone: "ranking" } as const;
    expect(testWords(alone)).toBe(
      "Yes: answers of one user go together more than one reward for all can explain (p ≤ 1/1000). Most users gave one ranking alone: they differ in what they like, or in how sure they are of it, and this test does not tell which. Nor does it say that one ranking foretells its user's other answers: the comparison on held-out answers does.",
    );
    expect(testWords({ ...alone, pValue: 0.2 })).toBe(testWords(given(0.2)));
  });

  test("a test that cannot be made says why, and no p", () =>
    expect(testWords(given(1, "there is one user"))).toBe("This cannot be asked of these data: there is one user.")); // prettier-ignore

  const opinion = (pValue: number): string =>
    opinionWords({ pValue, permutations: 39, nats: interval(0.02, 0.01, 0.03), unaskable: undefined } as unknown as Exploration["heldOutTest"]); // prettier-ignore

  test("the second opinion says which side of the null distribution it is on", () => {
    expect(opinion(0.025)).toContain("gains +0.0200 nats an answer over one reward for all, more than permuted data sets do (p ≤ 1/40)"); // prettier-ignore
    expect(opinion(0.3)).toContain("which permuted data sets often reach too (p = 0.30)");
    expect(opinionWords(undefined)).toBe("");
  });
});

describe("what the differences are like", () => {
  const words = (
    choice: Partial<Exploration["choice"]>,
    { ownTastes }: { ownTastes?: number } = {},
  ): string =>
    kindWords({
      choice: { atEdge: false, candidates: [{}, {}, {}], ...choice } as Exploration["choice"],
      ...{ ownTastes, kind: "items", basis: "ids" },
    });

  test.each([
    ["own tastes", 1, "Users differ, but not in types (K = 1): beside what is popular they differ in how readily they agree (standard deviation 1.5 in log odds)."], // prettier-ignore
    ["types and own tastes", 2, "These answers support 2 types of users (K = 2); within a type users differ in how readily they agree (standard deviation 1.5 in log odds)."], // prettier-ignore
  ] as const)("votes on statements: %s", (kind, k, expected) => {
    const choice = { kind, k, atEdge: false, candidates: [{}, {}, {}] } as unknown as Exploration["choice"];
    const found = { choice, ownTastes: 1.5 };
    expect(kindWords({ ...found, kind: "statements", basis: "ids" })).toBe(expected);
    expect(kindWords({ ...found, kind: "statements", basis: "interactions" })).toContain(
      "tastes of their own",
    );
  });

  test("two items compared in each context are no votes: nobody agrees", () => {
    const choice = { kind: "own tastes", k: 1, atEdge: false, candidates: [] } as never;
    const found = { choice, sides: ["gpt", "claude"] as const };
    expect(kindWords({ ...found, kind: "statements", basis: "ids" })).toContain(
      "how readily they prefer claude",
    );
    expect(subjectWord({ kind: "statements", sides: ["gpt", "claude"] })).toBe("context");
    expect(subjectWord({ kind: "statements" })).toBe("statement");
  });

  test.each<[Partial<Exploration["choice"]>, { ownTastes?: number }, string]>([
    [{ kind: "alike", k: 1 }, {}, "One reward for all predicts as well as any number of types (K = 1)."], // prettier-ignore
    [{ kind: "alike", k: 1, open: "unseen" }, {}, "Users differ, but in what way these answers do not show: neither types nor tastes of their own surely predict the next answers better than one reward for all, which is shown (K = 1). The differences may be small, or the answers of each user too few."], // prettier-ignore
    [{ kind: "alike", k: 1, open: "outdone" }, {}, "Users differ, and knowing who answers helps to predict; but neither types nor tastes of their own came out of these answers, and one reward for all is shown (K = 1)."], // prettier-ignore
    [{ kind: "own tastes", k: 1 }, { ownTastes: 3.44 }, "Users differ, but not in types: each has tastes of their own (standard deviation 3.4 in log odds) around what is popular (K = 1)."], // prettier-ignore
    [{ kind: "types", k: 3 }, {}, "These answers support 3 types of users (K = 3); within a type users hardly differ."], // prettier-ignore
    [{ kind: "types", k: 3, atEdge: true }, {}, "These answers support at least 3 types of users, 3 being the largest number tried: there may be more (K = 3); within a type users hardly differ."], // prettier-ignore
    [{ kind: "types and own tastes", k: 2 }, { ownTastes: 1 }, "These answers support 2 types of users (K = 2), with variation inside them: each user has tastes of their own (standard deviation 1.0 in log odds) around their type's."], // prettier-ignore
    [{ kind: "continuum", k: 2 }, {}, "Users lie on a continuum between two ends rather than in types: mixtures of 2 prototypes predict better than 2 types do."], // prettier-ignore
    [{ kind: "continuum", k: 4 }, {}, "Users lie on a continuum between 4 ends rather than in types: mixtures of 4 prototypes predict better than 4 types do."], // prettier-ignore
  ])("%j %j", (choice, rest, expected) => expect(words(choice, rest)).toBe(expected));
});

describe("how sure it is", () => {
  const halves = (...counts: [k: number, times: number][]): number[] =>
    counts.flatMap(([k, times]) => Array<number>(times).fill(k));

  test.each([
    [{ sure: "not sure", halves: halves([1, 10]), k: 1, atEdge: false, open: "unseen" } as const, "That number is not sure, because users differ in a way that no number of types shows: of 10 random halves of the users, chosen from again, 10 give the same K."], // prettier-ignore
    [{ sure: "not sure", halves: halves([1, 10]), k: 1, atEdge: false, open: "outdone" } as const, "That number is not sure, because a method that knows who answers predicts better: of 10 random halves of the users, chosen from again, 10 give the same K."], // prettier-ignore
    [{ sure: "sure", halves: halves([2, 10]), k: 2, atEdge: false } as const, "That number is sure: of 10 random halves of the users, chosen from again, 10 give the same K."], // prettier-ignore
    [{ sure: "fairly sure", halves: halves([2, 7], [3, 2], [1, 1]), k: 2, atEdge: false } as const, "That number is fairly sure: of 10 random halves of the users, chosen from again, 7 give the same K, others K = 1, 3."], // prettier-ignore
    [{ sure: "not sure", halves: halves([12, 10]), k: 12, atEdge: true } as const, "That number is not sure, because K is the largest that was tried: of 10 random halves of the users, chosen from again, 10 give the same K."], // prettier-ignore
    [{ sure: "not sure", halves: [], k: 1, atEdge: false } as const, "No number of types but one can be tried."], // prettier-ignore
  ])("%j", (choice, words) => expect(sureWords(choice)).toBe(words));
});

describe("gains", () => {
  test.each([
    [interval(0.1, 0.05, 0.15), "+0.1000 nats an answer, 95 % interval +0.0500 to +0.1500: more"],
    [interval(0.1, -0.05, 0.25), "+0.1000 nats an answer, 95 % interval −0.0500 to +0.2500: no sure difference"], // prettier-ignore
    [interval(-0.1, -0.15, -0.05), "−0.1000 nats an answer, 95 % interval −0.1500 to −0.0500: less"],
    [interval(0.1, 0, 0.2), "+0.1000 nats an answer, 95 % interval 0.0000 to +0.2000: no sure difference"],
  ])("%j", (gain, words) => expect(gainWords(gain)).toBe(words));

  test.each([
    [0.79, " Its probabilities are too sure (slope 0.79; 1 is calibrated)."],
    [1, " Its probabilities are calibrated (slope 1.00; 1 is exact)."],
    [1.26, " Its probabilities are not sure enough (slope 1.26; 1 is calibrated)."],
    [undefined, ""],
  ])("slope %d", (slope, words) => expect(slopeWords({ slope })).toBe(words));
});

test.each<[Pick<ComparedMethod, "id" | "name" | "k">, string]>([
  [{ id: "types", name: "types", k: 1 }, "types, 1 type"],
  [{ id: "pal", name: "PAL", k: 3 }, "PAL, 3 prototypes"],
  [{ id: "mixed", name: "mixed Bradley-Terry", k: undefined }, "mixed Bradley-Terry"],
])("the name of a method with its number of types: %j", (method, words) =>
  expect(titleOf(method)).toBe(words),
);

test.each([
  ["ids", "ids alone"],
  ["features", "items' features"],
  ["quadratic-16", "items' features with squares and products (16 principal components)"],
  ["interactions", "features of items and contexts together"],
])("the basis %s", (basis, words) => expect(basisWords(basis)).toBe(words));

describe("columns of users", () => {
  const column = (rest: Partial<ComparedColumn>): ComparedColumn =>
    ({
      ...{ name: "age", type: "numeric", pValue: 0.002, adjusted: 0.008, permutations: 9999 },
      ...{ gain: interval(0.003, -0.003, 0.009), items: [{ id: "Benedikt", values: [] }] },
      ...rest,
    }) as ComparedColumn;

  test.each<[Partial<ComparedColumn>, string]>([
    [{}, "Preferences change with age, most on “Benedikt” (p = 0.002, after Holm's correction 0.008); knowing it gains +0.0030 nats an answer, 95 % interval −0.0030 to +0.0090: no sure difference on unseen users."], // prettier-ignore
    [{ adjusted: 0.051 }, "age: no difference is shown (p = 0.002, after Holm's correction 0.051)."],
    [
      { name: "team", type: "categorical", groups: [{}, {}, {}] as unknown as ComparedColumn["groups"], pValue: 0.0001, adjusted: 0.0001, items: [] }, // prettier-ignore
      "The 3 groups of team differ (p ≤ 1/10000, after Holm's correction ≤ 1/10000); knowing it gains +0.0030 nats an answer, 95 % interval −0.0030 to +0.0090: no sure difference on unseen users.", // prettier-ignore
    ],
  ])("%j", (rest, words) => expect(columnWords(column(rest))).toBe(words));
});

test("the best method is said with its gains, each by its own interval", () => {
  const method = { accuracy: { mean: 0.8 }, overOneReward: interval(0.2, 0.1, 0.3), slope: 1.02 };
  const found = {
    ...{ kind: "items", heldOutAnswers: 100, columns: [], ownTastes: undefined },
    ...{ test: { pValue: 0.001, draws: 999 }, heldOutTest: undefined },
    choice: { kind: "types", k: 2, atEdge: false, candidates: [{}, {}, {}], sure: "sure", halves: [2, 2] },
    comparison: {
      methods: [
        { ...method, id: "bt", name: "one reward", accuracy: { mean: 0.6 } },
        { ...method, id: "mixed", name: "mixed Bradley-Terry" },
        { ...method, id: "types", name: "types", k: 2 },
      ],
      ...{ best: "types", oneReward: "bt", overNext: { id: "mixed", gain: interval(-0.01, -0.03, 0.01) } },
    },
    description: {
      ...{ sizes: [0.7, 0.3], divisive: [{ text: "tea" }], bridging: [] },
    },
  } as unknown as Exploration;
  const answers = new Map(plainAnswers(found).map(({ question, answer }) => [question, answer]));
  expect(answers.get("What predicts held-out answers best?")).toBe(
    "Chosen in validation: types, 2 types. It predicts 80 % of 100 held-out answers; one reward predicts 60 % (+0.2000 nats an answer, 95 % interval +0.1000 to +0.3000: more). " +
      "Against the next best in validation, mixed Bradley-Terry, it gains −0.0100 nats an answer, 95 % interval −0.0300 to +0.0100: no sure difference. Its probabilities are calibrated (slope 1.02; 1 is exact).",
  );
  expect(answers.get("Who are they?")).toBe("Shares of users: type 1 70 %, type 2 30 %. How surely each user is of their type, the picture of users shows."); // prettier-ignore
  expect(answers.get("What divides and what joins them?")).toBe("The most dividing item is “tea”; there is no item on which all are on one side. The table below has more."); // prettier-ignore
});

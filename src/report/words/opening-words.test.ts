import { describe, expect, test } from "vitest";
import type { Exploration } from "../../evaluate/index.js";
import { openingNumbers, openingSentence } from "./opening-words.js";

/** Words that only who has learned them understands. */
const TECHNICAL =
  /prototype|reward|type\b|K =|nats|p-value|likelihood|interval|mixture|posterior|statistic|cross-validation|log odds/i;

const found = (
  kind: string,
  more: { k?: number; sure?: string; unaskable?: string; open?: string } = {},
): Exploration =>
  ({
    choice: {
      kind,
      k: more.k ?? 3,
      sure: more.sure ?? "sure",
      candidates: [1, 2, 3],
      open: more.open,
    },
    test: { unaskable: more.unaskable },
    description: { divisive: [{ text: `more\nbicycles ${"x".repeat(200)}` }] },
  }) as unknown as Exploration;

describe("the first sentence", () => {
  test.each([
    [
      "types",
      {},
      /^These people fall into 3 groups that answer differently, most of all about “more bicycles x+…”\.$/,
    ],
    ["types", { sure: "not sure" }, /^These people seem to fall into 3 groups/],
    ["types and own tastes", {}, /; within a group, tastes still differ\.$/],
    ["continuum", { k: 2 }, /^These people do not fall into groups: they lie between 2 ways of answering/],
    ["own tastes", { k: 1 }, /^These people differ, but not in groups/],
    ["alike", { k: 1, open: "unseen" }, /^These people differ, but in what way these answers do not show/],
    ["alike", { k: 1, open: "outdone" }, /^These people differ, and it helps to know who answers/],
    ["alike", { k: 1 }, /want the same, which is no proof/],
    ["alike", { k: 1, unaskable: "there is one user only" }, /cannot tell .*one user only/],
  ] as const)("of %s %j", (kind, more, words) => {
    const sentence = openingSentence(found(kind, more));
    expect(sentence).toMatch(words);
    expect(sentence).not.toMatch(TECHNICAL);
    expect(sentence.match(/\.(?=\s|$)/g)).toHaveLength(1);
  });
});

describe("three numbers", () => {
  const methods = [
    { id: "popularity", accuracy: { mean: 0.66 } },
    { id: "types", accuracy: { mean: 0.73 } },
  ];
  const numbers = (best: string): string[] =>
    openingNumbers({
      ...{ all: { users: 212, answers: 7123 }, questions: 63, heldOutAnswers: 1400, kind: "statements" },
      comparison: { methods, best, oneReward: "popularity" },
    } as unknown as Exploration).map(({ number, of }) => `${number} ${of}`);

  test("are people, what they answered about, and what can be predicted", () => {
    expect(numbers("types")).toEqual([
      "212 people",
      "63 statements, with 7123 answers",
      "73 % of 1400 answers that were kept back are predicted when it is known who answers, 66 % when it is not",
    ]);
  });

  test("say where knowing who answers does not help", () => {
    expect(numbers("popularity")[2]).toContain("66 % of 1400");
    expect(numbers("popularity")[2]).toMatch(/does not help$/);
  });
});

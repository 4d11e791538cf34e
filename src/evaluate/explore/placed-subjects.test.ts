import { describe, expect, test } from "vitest";
import type { PreferenceData } from "../../data/index.js";
import type { PrototypeView } from "./describe.js";
import { answeredShare, placeSubjects } from "./placed-subjects.js";

const once = (rights: number, n: number): { n: number; right: number }[] =>
  Array.from({ length: n }, (_, i) => ({ n: 1, right: i < rights ? 1 : 0 }));

describe("a share of answers", () => {
  test("has Wilson's interval where each user answered once", () => {
    // Newcombe (1998), table I: 81 of 263: 0.2553 to 0.3662; 0 of 20: 0 to 0.1611
    expect(answeredShare(once(81, 263))).toMatchObject({
      ...{ share: expect.closeTo(81 / 263, 12) as number, answers: 263 },
      ...{ low: expect.closeTo(0.2553, 4) as number, high: expect.closeTo(0.3662, 4) as number },
    });
    expect(answeredShare(once(0, 20))).toMatchObject({ low: 0, high: expect.closeTo(0.1611, 4) as number });
  });

  test("answers of one user that go together count once", () => {
    const each = once(3, 10);
    const fourTimes = each.map(({ n, right }) => ({ n: 4 * n, right: 4 * right }));
    const { low, high } = answeredShare(each);
    expect(answeredShare(fourTimes)).toMatchObject({
      ...{ low: expect.closeTo(low, 12) as number, high: expect.closeTo(high, 12) as number, answers: 40 },
    });
    expect(answeredShare([{ n: 40, right: 40 }]).low).toBeCloseTo(answeredShare(once(1, 1)).low, 12);
  });

  test("nothing is known without answers", () => {
    expect(answeredShare([])).toEqual({ share: 0.5, low: 0, high: 1, answers: 0 });
  });
});

/** 4 users, the first two of type 1; all agree with a, type 1 alone with b, nobody with c but one. */
function votes(statements: readonly string[]): PreferenceData {
  const rows = [0, 1, 2, 3].flatMap((user) =>
    statements.map((_, context) => ({
      ...{ user, context },
      label: context === 0 || (context === 1 && user < 2) || (context === 2 && user === 3) ? 1 : -1,
    })),
  );
  return {
    users: ["u1", "u2", "u3", "u4"],
    items: { ids: ["disagree", "agree"] },
    contexts: { ids: [...statements] },
    user: Int32Array.from(rows, ({ user }) => user),
    left: new Int32Array(rows.length),
    right: new Int32Array(rows.length).fill(1),
    context: Int32Array.from(rows, ({ context }) => context),
    label: Int8Array.from(rows, ({ label }) => label),
    subject: "votes",
    columns: [{ name: "place", values: ["north", "", "north", "south"] }],
    source: { name: "votes", license: "CC0-1.0", sha256: "" },
  };
}
const logit = (p: number): number => Math.log(p / (1 - p));
const model: PrototypeView = {
  ...{ k: 2, kind: "statements", subjects: ["a", "b", "c"] },
  theta: [0.9, 0.9, 0.95, 0.1, 0.1, 0.4].map(logit),
  allWeights: Float32Array.of(0.9, 0.1, 0.8, 0.2, 0, 1, 0.3, 0.7),
};

describe("every statement", () => {
  const { shown, total, groupings } = placeSubjects(model, votes(["a", "b", "c"]));

  test("stands from joining to dividing by how far types are apart", () => {
    expect(total).toBe(3);
    expect(shown.map(({ id }) => id)).toEqual(["a", "c", "b"]);
    [0, 0.3, 0.85].forEach((divides, i) => expect(shown[i].divides).toBeCloseTo(divides, 6));
  });

  test("has the answers of types and of what is known of users", () => {
    expect(groupings).toEqual([{ names: ["1", "2"] }, { column: "place", names: ["north", "south"] }]);
    const of = (i: number): number[][][] =>
      shown[i].byGroup.map((shares) => shares.map(({ share, answers }) => [share, answers]));
    expect(of(2)).toEqual([[[1, 2], [0, 2]], [[0.5, 2], [0, 1]]]); // prettier-ignore
    expect(of(1)).toEqual([[[0, 2], [0.5, 2]], [[0, 2], [1, 1]]]); // prettier-ignore
    expect(shown.map(({ all }) => all.share)).toEqual([1, 0.25, 0.5]);
  });

  test("of one type divides where answers are split in half", () => {
    const one = { ...model, k: 1, theta: [2, 0, -2], allWeights: new Float32Array(4).fill(1) };
    const placed = placeSubjects(one, votes(["a", "b", "c"]));
    // shares 1, 1/2, 1/4 of 4 answers, drawn towards the middle by one answer on each side: 5/6, 1/2, 1/3
    expect(placed.shown.map(({ id }) => id)).toEqual(["a", "c", "b"]);
    [1 / 3, 2 / 3, 1].forEach((divides, i) => expect(placed.shown[i].divides).toBeCloseTo(divides, 12));
    expect(placed.groupings.map(({ column }) => column)).toEqual(["place"]);
  });

  test("of more than a page can hold those with the most answers are shown", () => {
    const ids = Array.from({ length: 1200 }, (_, i) => `s${i}`);
    const many = { ...model, subjects: ids, theta: new Float64Array(2400) };
    const data = votes(ids);
    const weight = Float32Array.from(data.user, (_, row) => (row % 1200 < 200 ? 0.5 : 1));
    const placed = placeSubjects(many, { ...data, weight });
    expect(placed.total).toBe(1200);
    expect(placed.shown).toHaveLength(1000);
    expect(placed.shown.every(({ answers }) => answers === 4)).toBe(true);
  });
});

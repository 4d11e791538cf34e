import { expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { beliefOrTaste, believedCosine, believedGarden, type GardenCells } from "./index.js";

function record<Extra>(rows: readonly RecordRow[], extra?: Extra): FigureRecord<Extra> {
  return figureRecord<Extra>({
    ...{ id: "a-figure", claim: "", caption: "c", profile: "fast", config: {}, engine: "none", data: [] },
    ...{ rows, extra },
  });
}
const row = (seed: number, more: Partial<RecordRow>): RecordRow => ({
  seed,
  split: "seen",
  accuracy: 0.7,
  ...more,
});

const rated = (own: number, taken: number): RecordRow[] =>
  [1, 2, 3].flatMap((seed) =>
    [0, 0.5].flatMap((believed) => [
      row(seed, { method: "belief inferred", settings: { believed }, measures: { cosine: own } }),
      row(seed, { method: "belief taken for right", settings: { believed }, measures: { cosine: taken } }),
    ]),
  );

test("that values are recovered is said where they are, and only the other way is worse", () => {
  const { record: said, alt } = believedCosine(record(rated(0.97, 0.8)));
  expect(said.checked?.holds).toBe(true);
  expect(alt).toContain("0: 0.97 and 0.80; 0.5: 0.97 and 0.80");
  expect(believedCosine(record(rated(0.93, 0.8))).record.checked?.holds).toBe(false);
  expect(believedCosine(record(rated(0.97, 0.95))).record.checked?.holds).toBe(false);
  const more = [1, 2].map((seed) =>
    row(seed, { method: "belief taken for right", settings: { believed: 0.3 }, measures: { cosine: 0.7 } }),
  );
  const own = more.map((each) => ({ ...each, method: "belief inferred", measures: { cosine: 0.97 } }));
  expect(believedCosine(record([...rated(0.97, 0.8), ...more, ...own])).record.checked?.holds).toBe(false);
});

const told = (lead: number): RecordRow[] =>
  ["beliefs", "tastes"].flatMap((population) =>
    [1, 2, 3].flatMap((seed) =>
      ["nothing", "beliefs", "tastes"].map((what) =>
        row(seed, {
          ...{ method: `${what} differ${what === "nothing" ? "s" : ""}`, settings: { population } },
          measures: {
            nats: -2 + (what === "nothing" ? 0 : what === population ? 0.2 + lead : 0.2) + seed / 1000,
          },
        }),
      ),
    ),
  );

test("what beliefs explain more than tastes, run by run: the title holds where the truth explains more", () => {
  const { record: said, data, alt } = beliefOrTaste(record(told(0.1)));
  expect(said.checked?.holds).toBe(true);
  expect(alt).toContain('where beliefs differ, "beliefs differ" 0.30 and "tastes differ" 0.20');
  const [means] = data.filter(({ mode }) => mode === "markers").slice(-1);
  [0.1, -0.1].forEach((lead, k) => expect((means.y as number[])[k]).toBeCloseTo(lead, 9));
  expect(beliefOrTaste(record(told(-0.1))).record.checked?.holds).toBe(false);
});

const cells: GardenCells = {
  rows: 1,
  columns: 3,
  row: [0, 0, 0],
  column: [0, 1, 2],
  names: ["", "flowers", "goal"],
  ends: [2],
};
const garden = (best: readonly number[]): RecordRow[] => [
  row(2, { settings: { believed: 0 }, series: { worth: [9, 9, 9], best: [1, 1, 1] } }),
  row(1, { settings: { believed: 0.6 }, series: { worth: [-1, 0, 0], best: [...best, 0] } }),
  row(1, { settings: { believed: 0 }, series: { worth: [0.5, 1, 0], best: [3, 3, 0] } }),
];

test("a garden is that of the first rater, from who believes least to who believes most; ends are not walked", () => {
  const { record: said, data, layout } = believedGarden(record(garden([2, 3]), cells));
  expect(said.claim).toBe("Same values, other beliefs: in 1 of 2 cells another move is best");
  const [shades] = data.filter(({ type, zmin }) => type === "heatmap" && zmin === -1);
  expect(shades.text).toEqual([[0.5, 1, null]]);
  expect(JSON.stringify(layout.annotations)).toContain("60 % of steps slip");
  const arrows = data
    .filter(({ mode }) => mode === "markers")
    .map(({ marker }) => (marker as { symbol: unknown }).symbol);
  expect(arrows).toEqual([["triangle-right", "triangle-right"], ["triangle-left", "triangle-right"]]); // prettier-ignore
  expect(believedGarden(record(garden([3, 3]), cells)).record.checked?.holds).toBe(false);
});

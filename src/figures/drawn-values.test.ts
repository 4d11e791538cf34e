import { expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../core/index.js";
import { exploreItems } from "../report/figures/index.js";
import * as figures from "./index.js";

/** What stands where in a picture, by hand: a number or a word in the wrong place is not seen by whoever only counts traces. */
function recordOf<Extra>(extra: Extra, rows: readonly RecordRow[] = []): FigureRecord<Extra> {
  return figureRecord<Extra>({
    ...{ id: "a-figure", claim: "c", caption: "", profile: "fast", config: {}, engine: "none", data: [] },
    ...{ rows, extra },
  });
}

test("on the triangle a user stands in the corner of their own prototype, and the corner says which", () => {
  const weights = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ] as const;
  const { data, layout } = figures.userSimplex(
    recordOf({ truth: weights, learned: weights, groups: [0, 1, 2] }),
  );
  const mine = data.filter(({ subplot, name }) => subplot === "ternary" && name === "users");
  const colorOf = ({ marker }: figures.PlotlyObject): unknown => (marker as figures.PlotlyObject).color;
  expect(mine.map((trace) => [colorOf(trace), trace.a, trace.b, trace.c])).toEqual([
    [figures.theme.prototypeColor(0), [1], [0], [0]],
    [figures.theme.prototypeColor(1), [0], [1], [0]],
    [figures.theme.prototypeColor(2), [0], [0], [1]],
  ]);
  const entries = data.filter(({ name }) => String(name).startsWith("true prototype"));
  expect(entries.map((entry) => [entry.name, colorOf(entry)])).toEqual(
    [0, 1, 2].map((k) => [`true prototype ${k + 1}`, figures.theme.prototypeColor(k)]),
  );
  const axes = layout.ternary as { readonly [axis: string]: unknown };
  const titles = ["aaxis", "baxis", "caxis"].map((axis) => JSON.stringify(axes[axis]));
  titles.forEach((title, i) => expect(title).toContain(`true prototype ${i + 1}`));
  expect(layout.annotations).toMatchObject([
    { text: "<b>true weights</b>" },
    { text: "<b>learned weights</b>" },
  ]);
});

test("a statement's words stand in the row of its own points", () => {
  const items = [
    { text: "first", byPrototype: [0.1, 0.9] },
    { text: "second", byPrototype: [0.2, 0.8] },
  ];
  const { data, layout } = exploreItems(recordOf({ items, measure: "agree" }) as never);
  const { tickvals, ticktext } = layout.yaxis as { tickvals: number[]; ticktext: string[] };
  items.forEach(({ text, byPrototype }) => {
    const row = tickvals[ticktext.indexOf(text)];
    const at = (data[0].y as number[]).indexOf(row);
    expect(data.map(({ x }) => (x as number[])[at])).toEqual(byPrototype);
  });
});

test("a panel's title stands over its own points", () => {
  const panel = (title: string, x: number) => ({
    ...{ title, groups: [0], users: [[x, 0]] as const, prototypes: [[0, 0]] as const },
  });
  const { data, layout } = figures.simulationPopulations(
    recordOf({ panels: [panel("one", 0.3), panel("two", 0.7)] }),
  );
  const titles = layout.annotations as { text: string; x: number }[];
  const middle = (axis: string): number => {
    const { domain } = layout[axis] as { domain: [number, number] };
    return (domain[0] + domain[1]) / 2;
  };
  const users = data.filter(({ name }) => name !== "prototypes");
  for (const [title, x] of [
    ["one", 0.3],
    ["two", 0.7],
  ] as const) {
    const over = titles.find(({ text }) => text.includes(title))?.x ?? NaN;
    const found = users.find((trace) => (trace.x as number[])[0] === x);
    expect(middle(String(found?.xaxis ?? "x").replace("x", "xaxis"))).toBeCloseTo(over, 6);
  }
});

test("bars reach as far as the interval, lines differ by more than their colour", () => {
  const rows = [2, 3].flatMap((kStar) =>
    [0.5, 0.6, 0.7].map((accuracy, seed): RecordRow => ({
      seed,
      split: "seen",
      accuracy,
      k: 1,
      kStar,
      setting: "mixture",
    })),
  );
  const { data } = figures.simulationAccuracyVsK(recordOf(undefined, rows));
  const lines = data.filter(({ error_y: bar }) => bar !== undefined);
  // sd 0.1, t(0.975, 2) = 4.302653: 4.302653 * 0.1 / sqrt(3)
  for (const { error_y: bar } of lines) expect((bar as { array: number[] }).array[0]).toBeCloseTo(0.2484, 4);
  const looks = lines.map(({ line, marker }) => [
    (line as { dash?: string }).dash,
    (marker as { symbol?: string }).symbol,
  ]);
  expect(looks).toHaveLength(2);
  expect(looks[0][0]).not.toBe(looks[1][0]);
  expect(looks[0][1]).not.toBe(looks[1][1]);
});

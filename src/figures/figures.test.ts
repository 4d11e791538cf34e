import { describe, expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../core/index.js";
import * as figures from "./index.js";

function record<Extra>(rows: readonly RecordRow[], extra?: Extra): FigureRecord<Extra> {
  return figureRecord<Extra>({
    ...{
      id: "a-figure",
      claim: "a claim",
      caption: "a caption",
      profile: "fast",
      config: {},
      engine: "none",
      data: [],
    },
    rows,
    extra,
  });
}

const row = (more: Partial<RecordRow>): RecordRow => ({ seed: 1, split: "seen", accuracy: 0.9, ...more });

describe("accuracy against K", () => {
  const rows = [1, 2].flatMap((k) =>
    [1, 2].map((seed) =>
      row({
        setting: "mixture",
        kStar: 2,
        k,
        seed,
        accuracy: 0.8 + k / 10,
        validation: 0.8 + k / 10,
        ceilings: { blind: 0.85 },
      }),
    ),
  );

  test("draws the means, the runs, the user-blind ceiling and the chosen K", () => {
    const figure = figures.simulationAccuracyVsK(record(rows), () => 2);
    const [blind, runs, means, ring] = figure.data;
    expect(figures.simulationAccuracyVsK(record(rows)).data).toHaveLength(3);
    expect(figures.simulationAccuracyVsK(record(rows), () => undefined).data).toHaveLength(3);
    expect(blind).toMatchObject({ y: [0.85, 0.85], name: "best user-blind" });
    expect(runs.y).toEqual([0.9, 0.9, 1, 1]);
    expect(means).toMatchObject({ x: [1, 2], y: [0.9, 1], name: "K* = 2" });
    expect(ring).toMatchObject({ x: [2], y: [1], name: "K chosen on validation" });
  });

  test("one panel for each setting, each line named once", () => {
    const both = [...rows, ...rows.map((each) => ({ ...each, setting: "partition" as const }))];
    const { data, layout } = figures.simulationAccuracyVsK(record(both));
    expect(layout.xaxis2).toBeDefined();
    expect(data.filter((trace) => trace.name === "K* = 2" && trace.showlegend === true)).toHaveLength(1);
  });
});

test("new users: methods stand beside exact adaptation in a panel of their own", () => {
  const rows = ["exact", "paper recipe"].flatMap((method) =>
    [5, 20].map((n) => row({ split: "unseen", k: 3, kStar: 3, method, newComparisonsPerUser: n })),
  );
  const { data } = figures.simulationNewUsers(record(rows));
  const named = data.filter((trace) => trace.showlegend === true).map((trace) => trace.name);
  expect(named).toEqual(["K = 3", "paper recipe"]);
  expect(data.filter((trace) => trace.xaxis === "x2" && trace.mode === "lines+markers")).toHaveLength(2);
});

test("text from data is text: markup in a statement or a persona is escaped", () => {
  const figure = figures.personaQuery(
    record([], {
      statement: "<b>I like</b> <script>alert(1)</script>",
      from: "<i>x</i>",
      users: [
        { persona: "<u>p</u>", label: -1 as const, probability: 0.1 },
        { persona: "q", label: 1 as const, probability: 0.9 },
      ],
    }),
  );
  const text = JSON.stringify(figure.layout.annotations);
  expect(text).not.toContain("<script>");
  expect(text).toContain("&lt;b&gt;I like");
  expect(text).toContain("&lt;u&gt;p");
});

test("points keep five digits", () => {
  expect(figures.planePoints(Float32Array.of(1 / 3, 2, 0, -1))).toEqual([
    [0.33333, 2],
    [0, -1],
  ]);
});

test("tables are as wide as their widest cell", () => {
  const { config } = figures.tableOptions([
    { a: "long text", b: 1 },
    { a: "x", b: 22 },
  ]);
  expect(config.tableDisplayConfig.columns).toEqual({ 0: { width: 2 }, 1: { width: 10 }, 2: { width: 3 } });
});

describe("trainingCurve", () => {
  const epochs = [1, 2, 3].map((epoch) => ({
    epoch,
    loss: 1 / epoch,
    ...(epoch === 1 ? {} : { validation: epoch / 4 }),
  }));
  const figure = figures.trainingCurve(record([], { curves: [{ name: "K = 1", epochs }] }));

  test("has a slider's stop where validation was measured, with the curve's values", () => {
    expect(figure.frames?.map(({ name }) => name)).toEqual(["epoch 2", "epoch 3"]);
    const [loss, validation] = figure.frames?.[0].data as { x: number[]; y: number[]; text: string[] }[];
    expect(loss).toMatchObject({ x: [2], y: [0.5], text: ["0.500"] });
    expect(validation).toMatchObject({ x: [2], y: [0.5] });
  });

  test("what is drawn first is the last stop", () => {
    const { data, traces } = figure.frames?.[1] as { data: unknown[]; traces: number[] };
    expect(traces.map((trace) => figure.data[trace])).toEqual(data);
  });
});

test("held-out votes of Polis: each seed has its place and its interval in both panels, other methods have none", () => {
  const bounds = { mean: 0.05, low: 0.02, high: 0.09 };
  const pal = (group: string, seed: number): RecordRow =>
    row({
      group,
      seed,
      k: 3,
      intervals: { overMajority: bounds, overFactors: { mean: -0.01, low: -0.03, high: 0.01 } },
    });
  const factors = row({ group: "b", method: "factors", intervals: { overMajority: bounds } });
  const { data, layout } = figures.polisHeldOut(record([pal("b", 1), pal("b", 2), factors, pal("a", 1)]));
  const [majority, peer] = data;
  // names from the top: a (place 1), b (place 0); seeds 0.2 apart around the place
  expect(majority.y).toEqual([0.1, -0.1, 1.1]);
  expect(majority.error_x).toMatchObject({
    array: [0.09 - 0.05, 0.09 - 0.05, 0.09 - 0.05],
    arrayminus: [0.05 - 0.02, 0.05 - 0.02, 0.05 - 0.02],
  });
  expect(peer).toMatchObject({ x: [-0.01, -0.01, -0.01], xaxis: "x2" });
  expect(layout.yaxis).toMatchObject({ ticktext: ["b", "a"] });
});

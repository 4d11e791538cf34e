import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { checkedTitle, withClaim, type CheckedWords } from "../checked-title.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";

/** Histories of some trainings, a curve each. */
export interface TrainingCurves {
  readonly curves: readonly {
    readonly name: string;
    readonly epochs: readonly {
      readonly epoch: number;
      readonly loss: number;
      readonly validation?: number;
    }[];
  }[];
}

/** Most stops of the slider over epochs. */
const STOPS = 12;

/** Training loss on the left, validation accuracy on the right, against the epoch; a slider walks along the curves. */
export function trainingCurve(record: FigureRecord<TrainingCurves>): Figure {
  checkIsRecord("trainingCurve: record", record);
  const { curves } = record.extra ?? { curves: [] };
  if (curves.every(({ epochs }) => epochs.length === 0))
    return emptyFigure(record, "the record holds nothing that could be drawn");
  const last = Math.max(1, ...curves.map((curve) => curve.epochs.at(-1)?.epoch ?? 1));
  const xaxis = theme.axis("epoch (passes over the training comparisons)", { range: [0, last * 1.02] });
  const left = theme.panelDomain(0, 2, 0.1);
  const right = theme.panelDomain(1, 2, 0.1);
  const lines = curves.flatMap((curve, i) => curveTraces(curve, i));
  const stops = stopsOf(curves);
  const said = checkedTitle(wordsOf(curves));
  const traces = [lines.length, lines.length + 1];
  return {
    id: record.id,
    data: [...lines, ...walkers(curves, stops.at(-1) ?? last)],
    frames: stops.map((epoch) => ({ name: `epoch ${epoch}`, data: walkers(curves, epoch), traces })),
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        title: said.title,
        subtitle: subtitleOf(record),
        panels: true,
        legend: "right",
      }),
      xaxis: { ...xaxis, domain: [...left] },
      xaxis2: { ...xaxis, domain: [...right], anchor: "y2" },
      yaxis: theme.axis("mean training loss", { rangemode: "tozero" }),
      yaxis2: { ...theme.accuracyAxis("validation accuracy (fraction)"), anchor: "x2" },
      annotations: [theme.panelTitle("training", left), theme.panelTitle("validation", right)],
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

/** Whether each curve ends at a lower loss and a higher accuracy than the one before it. */
function wordsOf(curves: TrainingCurves["curves"]): CheckedWords {
  const ends = curves.map(({ epochs }) => ({
    loss: epochs.at(-1)?.loss ?? NaN,
    validation: epochs.findLast(({ validation }) => validation !== undefined)?.validation ?? NaN,
  }));
  const holds =
    ends.length > 1 &&
    ends.every(
      (end, i) => i === 0 || (end.loss < ends[i - 1].loss && end.validation > ends[i - 1].validation),
    );
  const shown = curves.map(
    ({ name }, i) =>
      `${name} ends at loss ${ends[i].loss.toFixed(3)}, accuracy ${ends[i].validation.toFixed(3)}`,
  );
  const what = "Training loss and validation accuracy against the epochs, a curve for each model";
  return {
    ...{ holds, otherwise: what },
    title: `${curves.at(-1)?.name ?? ""} learns most: the lowest loss and the highest validation accuracy`,
    alt: `${what}: ${shown.join("; ")}.`,
  };
}

/** Of "K = 3" the colour of that K; else of its place. */
function colorOf(name: string, i: number): string {
  const k = /^K = (\d+)$/.exec(name)?.[1];
  return k === undefined ? theme.groupColor(i) : theme.kColor(Number(k));
}

function curveTraces({ name, epochs }: TrainingCurves["curves"][number], i: number): PlotlyObject[] {
  const look = {
    type: "scatter",
    name: theme.plainText(name),
    legendgroup: name,
    hovertemplate: "epoch %{x}: %{y:.3f}",
    line: { color: colorOf(name, i), width: 2, dash: theme.dashOf(i) },
  };
  const measured = epochs.filter((epoch) => epoch.validation !== undefined);
  return [
    { ...look, mode: "lines", x: epochs.map(({ epoch }) => epoch), y: epochs.map(({ loss }) => loss) },
    {
      ...{ ...look, mode: "lines+markers", showlegend: false, xaxis: "x2", yaxis: "y2" },
      x: measured.map(({ epoch }) => epoch),
      y: measured.map(({ validation }) => validation ?? null),
      marker: { color: colorOf(name, i), size: 5, symbol: theme.symbolOf(i) },
    },
  ];
}

/** At most {@link STOPS} epochs, evenly spread, at which validation was measured (else any); the last is one of them. */
function stopsOf(curves: TrainingCurves["curves"]): number[] {
  const all = curves.flatMap(({ epochs }) => epochs);
  const measured = all.filter(({ validation }) => validation !== undefined);
  const epochs = [...new Set((measured.length > 0 ? measured : all).map(({ epoch }) => epoch))].sort(
    (a, b) => a - b,
  );
  const step = Math.max(1, (epochs.length - 1) / (STOPS - 1));
  const count = Math.min(STOPS, epochs.length);
  return Array.from(
    { length: count },
    (_, i) => epochs[epochs.length - 1 - Math.round((count - 1 - i) * step)],
  );
}

/** A mark on each curve at one epoch, with its value: the training's, then the validation's. */
function walkers(curves: TrainingCurves["curves"], epoch: number): PlotlyObject[] {
  const found = curves.map(({ epochs }) => epochs.findLast((entry) => entry.epoch <= epoch));
  const marker = {
    size: 9,
    color: curves.map(({ name }, i) => colorOf(name, i)),
    symbol: curves.map((_, i) => theme.symbolOf(i)),
  };
  const walk = (values: (number | undefined)[], axes: PlotlyObject): PlotlyObject => ({
    ...{
      type: "scatter",
      mode: "markers+text",
      showlegend: false,
      hoverinfo: "skip",
      textposition: "top center",
      cliponaxis: false,
      marker,
      ...axes,
    },
    x: found.map((entry) => entry?.epoch ?? null),
    y: values.map((value) => value ?? null),
    text: values.map((value) => value?.toFixed(3) ?? ""),
  });
  const right = { xaxis: "x2", yaxis: "y2" };
  return [
    walk(
      found.map((entry) => entry?.loss),
      {},
    ),
    walk(
      found.map((entry) => entry?.validation),
      right,
    ),
  ];
}

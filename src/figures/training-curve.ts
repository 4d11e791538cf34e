import type { FigureRecord } from "../core/index.js";
import type { Figure, PlotlyObject } from "./figure.js";
import * as theme from "./theme.js";

/** Histories of some trainings, a curve each. */
export interface TrainingCurves {
  readonly curves: readonly {
    readonly name: string;
    readonly epochs: readonly { readonly epoch: number; readonly loss: number; readonly validation?: number }[];
  }[];
}

/** Training loss on the left, validation accuracy on the right, against the epoch. */
export function trainingCurve(record: FigureRecord<TrainingCurves>): Figure {
  const { curves } = record.extra ?? { curves: [] };
  const last = Math.max(1, ...curves.map((curve) => curve.epochs.at(-1)?.epoch ?? 1));
  const xaxis = theme.axis("epoch (passes over the training comparisons)", { range: [0, last * 1.02] });
  const left = theme.panelDomain(0, 2, 0.1);
  const right = theme.panelDomain(1, 2, 0.1);
  return {
    id: record.id,
    data: curves.flatMap((curve, i) => curveTraces(curve, i)),
    layout: {
      ...theme.baseLayout({ ...theme.WIDE, title: record.claim, panels: true, legend: "right" }),
      xaxis: { ...xaxis, domain: [...left] },
      xaxis2: { ...xaxis, domain: [...right], anchor: "y2" },
      yaxis: theme.axis("mean training loss", { rangemode: "tozero" }),
      yaxis2: { ...theme.accuracyAxis("validation accuracy (fraction)"), anchor: "x2" },
      annotations: [theme.panelTitle("training", left), theme.panelTitle("validation", right)],
    },
    alt: "Training loss falls and validation accuracy rises with the epochs, a curve for each model.",
    record,
  };
}

function curveTraces({ name, epochs }: TrainingCurves["curves"][number], i: number): PlotlyObject[] {
  const look = { type: "scatter", name: theme.plainText(name), legendgroup: name, line: { color: theme.prototypeColor(i), width: 2, dash: theme.dashOf(i) } };
  const measured = epochs.filter((epoch) => epoch.validation !== undefined);
  return [
    { ...look, mode: "lines", x: epochs.map(({ epoch }) => epoch), y: epochs.map(({ loss }) => loss) },
    {
      ...{ ...look, mode: "lines+markers", showlegend: false, xaxis: "x2", yaxis: "y2" },
      x: measured.map(({ epoch }) => epoch),
      y: measured.map(({ validation }) => validation ?? null),
      marker: { color: theme.prototypeColor(i), size: 5, symbol: theme.symbolOf(i) },
    },
  ];
}

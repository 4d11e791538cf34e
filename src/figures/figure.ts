import { checkObject, type FigureRecord, type Json } from "../core/index.js";
import { checkPictures, checkTraces } from "./drawn-traces.js";

/** A Plotly trace or layout: plain JSON, made by our figure functions only. */
export type PlotlyObject = { readonly [key: string]: Json | undefined };

/**
 * A picture as data: a Plotly specification and the record it shows. Made by a pure function of a record; drawn by `render`.
 */
export interface Figure {
  readonly id: string;
  readonly data: readonly PlotlyObject[];
  readonly layout: PlotlyObject;
  /** Named states that a slider walks through (K, epochs), as Plotly frames; `data` shows the last of them. */
  readonly frames?: readonly PlotlyObject[];
  /** What the picture shows, for someone who cannot see it. */
  readonly alt: string;
  readonly record: FigureRecord;
}

/** For callers without types: a figure. @param what `"caller: argument"` @throws InputError, for a trace or a picture that cannot be drawn, too */
export function checkIsFigure(what: string, figure: unknown): void {
  checkObject(
    what,
    figure,
    ["id", "data", "layout", "record"],
    "a figure, as the functions of `figures` make it",
  );
  const { data, layout, frames = [] } = figure as Figure;
  checkTraces(`${what}.data`, data);
  frames.forEach((frame, i) => checkTraces(`${what}.frames[${i}].data`, frame.data ?? []));
  checkPictures(`${what}.layout`, layout);
}

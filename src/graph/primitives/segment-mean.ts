import type { Primitive } from "../node.js";

/** Means of sets of rows of x, 0 for an empty set; place where each set begins, and where the last one ends. */
export const segmentMean = overSegments("segment mean", "segmentMean", "segmentMeanBackward");

/** Their sums. */
export const segmentSum = overSegments("segment sum", "segmentSum", "segmentSumBackward");

function overSegments(
  name: string,
  kernel: "segmentMean" | "segmentSum",
  back: "segmentMeanBackward" | "segmentSumBackward",
): Primitive {
  return {
    name,
    forward({ inputs: [x], places: [from], rows, columns }, { value, out, emit }) {
      emit(kernel, { rows: [rows], at: [from.buffer, value(x), out], numbers: [columns] });
    },
    backward({ inputs: [x], places: [from], rows, columns }, { wants, accumulate, gradient, emit }) {
      if (!wants(x)) return;
      emit(back, { rows: [rows], at: [from.buffer, gradient, accumulate(x)], numbers: [columns] });
    },
  };
}

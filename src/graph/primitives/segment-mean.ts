import type { Primitive } from "../node.js";

/** Means of sets of rows of x, 0 for an empty set; place where each set begins, and where the last one ends. */
export const segmentMean: Primitive = {
  name: "segment mean",
  forward({ inputs: [x], places: [from], rows, columns }, { value, out, emit }) {
    emit("segmentMean", { rows: [rows], at: [from.buffer, value(x), out], numbers: [columns] });
  },
  backward({ inputs: [x], places: [from], rows, columns }, { wants, accumulate, gradient, emit }) {
    if (!wants(x)) return;
    const at = [from.buffer, gradient, accumulate(x)];
    emit("segmentMeanBackward", { rows: [rows], at, numbers: [columns] });
  },
};

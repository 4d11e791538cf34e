import type { Primitive } from "../node.js";

/** Each row cut into rows of equal length: the same numbers in the same order. */
export const unfold: Primitive = sameNumbers("unfold");

/** Rows side by side in longer ones: the same numbers in the same order. */
export const fold: Primitive = sameNumbers("fold");

function sameNumbers(name: string): Primitive {
  return {
    name,
    forward({ inputs: [x] }, { value, out, emit }) {
      emit("copy", { rows: [x.rows], at: [value(x), out], numbers: [x.columns] });
    },
    backward({ inputs: [x] }, { wants, accumulate, gradient, emit }) {
      if (!wants(x)) return;
      emit("add", { rows: [x.rows], at: [gradient, accumulate(x)], numbers: [x.columns] });
    },
  };
}

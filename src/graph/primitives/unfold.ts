import type { Primitive } from "../node.js";

/** Each row cut into rows of equal length: the same numbers in the same order. */
export const unfold: Primitive = {
  name: "unfold",
  forward({ inputs: [x] }, { value, out, emit }) {
    emit("copy", { rows: [x.rows], at: [value(x), out], numbers: [x.columns] });
  },
  backward({ inputs: [x] }, { wants, accumulate, gradient, emit }) {
    if (!wants(x)) return;
    emit("add", { rows: [x.rows], at: [gradient, accumulate(x)], numbers: [x.columns] });
  },
};

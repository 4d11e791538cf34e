import type { Primitive } from "../node.js";

/** x + b in every row. */
export const bias: Primitive = {
  name: "bias",
  inPlace: true,
  forward({ inputs: [, b], rows, columns }, { value, out, emit }) {
    emit("addBias", { rows: [rows], at: [out, value(b)], numbers: [columns] });
  },
  backward({ inputs: [x, b], rows, columns }, { wants, accumulate, pass, gradient, emit }) {
    if (wants(b)) emit("addColumns", { rows: [rows], at: [gradient, accumulate(b)], numbers: [columns] });
    if (wants(x)) pass(x, gradient);
  },
};

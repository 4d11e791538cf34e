import type { Primitive } from "../node.js";

/** x - y. */
export const subtract: Primitive = {
  name: "subtract",
  inPlace: true,
  forward({ inputs: [, y], rows, columns }, { value, out, emit }) {
    emit("subtract", { rows: [rows], at: [value(y), out], numbers: [columns] });
  },
  backward({ inputs: [x, y], rows, columns }, { wants, accumulate, pass, gradient, emit }) {
    if (wants(y)) emit("subtract", { rows: [rows], at: [gradient, accumulate(y)], numbers: [columns] });
    if (wants(x)) pass(x, gradient);
  },
};

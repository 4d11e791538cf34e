import type { Primitive } from "../node.js";

/** x + y. */
export const add: Primitive = {
  name: "add",
  inPlace: true,
  forward({ inputs: [, y], rows, columns }, { value, out, emit }) {
    emit("add", { rows: [rows], at: [value(y), out], numbers: [columns] });
  },
  backward({ inputs: [x, y], rows, columns }, { wants, overwrite, pass, gradient, emit }) {
    if (wants(y))
      overwrite(y, (at) => emit("copy", { rows: [rows], at: [gradient, at], numbers: [columns] }));
    if (wants(x)) pass(x, gradient);
  },
};

import type { Primitive } from "../node.js";

/** x + y. */
export const add: Primitive = {
  name: "add",
  inPlace: true,
  forward({ inputs: [, y], rows, columns }, { value, out, emit }) {
    emit("add", { rows: [rows], at: [value(y), out], numbers: [columns] });
  },
  backward({ inputs: [x, y] }, { split }) {
    split(x, y);
  },
};

import type { Primitive } from "../node.js";

/** table[right] - table[left]. */
export const differences: Primitive = {
  name: "differences",
  forward({ inputs: [table], places: [left, right], rows, columns, stride = columns }, { value, out, emit }) {
    const at = [value(table), left.buffer, right.buffer, out];
    emit("differences", { rows: [rows], at, numbers: [columns, stride] });
  },
  backward({ inputs: [table], places: [left, right], rows, columns }, { wants, accumulate, gradient, emit }) {
    if (!wants(table)) return;
    const at = [gradient, left.buffer, right.buffer, accumulate(table)];
    emit("addDifferences", { rows: [rows], at, numbers: [columns] });
  },
};

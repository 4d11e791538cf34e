import type { Primitive } from "../node.js";

/** Rows of a table, each softmaxed; dv = w ∘ (dw - <w, dw>). */
export const softmaxRows: Primitive = {
  name: "softmax rows",
  keepsValue: true,
  forward({ inputs: [table], places: [index], rows, columns }, { value, out, emit }) {
    emit("softmaxRows", { rows: [rows], at: [index.buffer, value(table), out], numbers: [columns] });
  },
  backward({ inputs: [table], places: [index], rows, columns }, { out, wants, accumulate, gradient, emit }) {
    if (!wants(table)) return;
    const at = [index.buffer, out, gradient, accumulate(table)];
    emit("softmaxBackward", { rows: [rows], at, numbers: [columns] });
  },
};

import type { Primitive } from "../node.js";

/** Rows of a table; named twice, their gradients add up. */
export const rows: Primitive = {
  name: "rows",
  readsGradient: true,
  forward({ inputs: [table], places: [index], rows: count, columns }, { value, out, emit }) {
    emit("gatherRows", { rows: [count], at: [index.buffer, value(table), out], numbers: [columns] });
  },
  backward(
    { inputs: [table], places: [index], rows: count, columns },
    { wants, accumulate, gradient, emit },
  ) {
    if (!wants(table)) return;
    const at = [index.buffer, gradient, accumulate(table)];
    emit("scatterAddRows", { rows: [count], at, numbers: [columns] });
  },
};

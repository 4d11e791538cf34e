import type { Primitive } from "../node.js";

/** C = A · B, [m, n]. */
export const matmul: Primitive = {
  name: "matmul",
  readsGradient: true,
  forward({ inputs: [a, b], rows, columns }, { value, out, emit }) {
    emit("productNN", { rows: [rows, columns, a.columns], at: [value(a), value(b), out], numbers: [0] });
  },
  backward({ inputs: [a, b], rows, columns }, { value, wants, write, gradient, emit }) {
    if (wants(a))
      write(a, (at, adds) =>
        emit("productNT", {
          rows: [rows, a.columns, columns],
          at: [gradient, value(b), at],
          numbers: [adds],
        }),
      );
    if (wants(b))
      write(b, (at, adds) =>
        emit("productTN", { rows: [b.rows, columns, rows], at: [value(a), gradient, at], numbers: [adds] }),
      );
  },
};

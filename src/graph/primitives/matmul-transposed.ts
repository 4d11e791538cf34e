import type { Node, Primitive } from "../node.js";

/** C = A · Bᵀ, [m, n], for b [n, k]: a layer's weights are [out, in]. */
export const matmulTransposed: Primitive = {
  name: "matmul transposed",
  readsGradient: true,
  forward({ inputs: [a, b], rows, columns }, { value, out, emit }) {
    emit("productNT", {
      rows: [rows, columns, a.columns],
      at: [value(a), value(b), out],
      numbers: [0, strideOf(a)],
    });
  },
  backward({ inputs: [a, b], rows, columns }, { value, wants, write, gradient, emit }) {
    if (wants(b))
      write(b, (at, adds) =>
        emit("productTN", {
          rows: [columns, b.columns, rows],
          at: [gradient, value(a), at],
          numbers: [adds, strideOf(a)],
        }),
      );
    if (wants(a))
      write(a, (at, adds) =>
        emit("productNN", {
          rows: [rows, a.columns, columns],
          at: [gradient, value(b), at],
          numbers: [adds],
        }),
      );
  },
};

function strideOf({ stride, columns }: Node): number {
  return stride ?? columns;
}

import type { Primitive } from "../node.js";

/** M = AᵀA, [D, D]; dA = A (dM + dMᵀ). */
export const gram: Primitive = {
  name: "gram",
  forward({ inputs: [a], columns }, { value, out, emit }) {
    emit("productTN", { rows: [columns, columns, a.rows], at: [value(a), value(a), out], numbers: [0] });
  },
  backward({ inputs: [a], columns }, { value, wants, write, gradient, emit }) {
    if (!wants(a)) return;
    const rows = [a.rows, columns, columns];
    write(a, (at, adds) => {
      emit("productNN", { rows, at: [value(a), gradient, at], numbers: [adds] });
      emit("productNT", { rows, at: [value(a), gradient, at], numbers: [1] });
    });
  },
};

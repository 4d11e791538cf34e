import type { Primitive } from "../node.js";

/** factor · x; settings the factor. */
export const scale: Primitive = {
  name: "scale",
  readsGradient: true,
  forward({ inputs: [x], rows, columns, settings: [factor] }, { value, out, emit }) {
    emit("scale", { rows: [rows], at: [value(x), out], numbers: [columns, Number(factor), 0] });
  },
  backward({ inputs: [x], rows, columns, settings: [factor] }, { wants, write, gradient, emit }) {
    if (!wants(x)) return;
    write(x, (at, adds) => {
      emit("scale", { rows: [rows], at: [gradient, at], numbers: [columns, Number(factor), adds] });
    });
  },
};

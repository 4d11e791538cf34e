import type { Primitive } from "../node.js";

/** x · y, number by number. */
export const multiply: Primitive = {
  name: "multiply",
  readsGradient: true,
  forward({ inputs: [x, y], rows, columns }, { value, out, emit }) {
    emit("multiply", { rows: [rows], at: [value(x), value(y), out], numbers: [columns, 0] });
  },
  backward({ inputs: [x, y], rows, columns }, { value, wants, write, gradient, emit }) {
    const to = (input: typeof x, other: typeof x): void => {
      if (!wants(input)) return;
      write(input, (at, adds) => {
        emit("multiply", { rows: [rows], at: [gradient, value(other), at], numbers: [columns, adds] });
      });
    };
    to(x, y);
    to(y, x);
  },
};

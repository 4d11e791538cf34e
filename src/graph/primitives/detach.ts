import type { Primitive } from "../node.js";

/** Its input, through which no gradient goes. */
export const detach: Primitive = {
  name: "detach",
  forward({ inputs: [x], rows, columns }, { value, out, emit }) {
    emit("copy", { rows: [rows], at: [value(x), out], numbers: [columns] });
  },
};

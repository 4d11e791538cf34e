import { capacityOf } from "../buffer.js";
import type { Primitive } from "../node.js";

/** Rows of mean 0 and variance 1, times a gain, plus a shift: inputs x [n, c], gain and shift [1, c]. */
export const layerNorm: Primitive = {
  name: "layer norm",
  forward({ inputs, rows, columns }, { value, out, emit }) {
    emit("layerNorm", { rows: [rows], at: [...inputs.map(value), out], numbers: [columns] });
  },
  backward({ inputs, rows, columns }, { value, wants, accumulate, scratch, gradient, emit }) {
    const [x, gain] = inputs;
    const gradients = inputs.map((input, i) =>
      wants(input) ? accumulate(input) : scratch(`unwanted ${i}`, capacityOf(input.rows) * columns),
    );
    const at = [value(x), value(gain), gradient, ...gradients];
    emit("layerNormBackward", { rows: [rows], at, numbers: [columns] });
  },
};

import { capacityOf } from "../buffer.js";
import type { Primitive } from "../node.js";

/** <x, y> / ((|x| + 1e-6) (|y| + 1e-6)) of each row, [n, 1]. */
export const rowCosines: Primitive = {
  name: "row cosines",
  forward({ inputs: [x, y], rows }, { value, out, emit }) {
    emit("rowCosines", { rows: [rows], at: [value(x), value(y), out], numbers: [x.columns] });
  },
  backward({ inputs, rows }, { value, wants, accumulate, scratch, gradient, emit }) {
    const [x, y] = inputs;
    const gradients = inputs.map((input) =>
      wants(input) ? accumulate(input) : scratch("unwanted", capacityOf(rows) * x.columns),
    );
    const at = [value(x), value(y), gradient, ...gradients];
    emit("rowCosinesBackward", { rows: [rows], at, numbers: [x.columns] });
  },
};

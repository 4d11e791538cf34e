import { capacityOf } from "../buffer.js";
import type { Primitive } from "../node.js";

/** <x_b, y_b>, [B, 1]. */
export const rowDots: Primitive = {
  name: "row dots",
  forward({ inputs: [x, y], rows }, { value, out, emit }) {
    emit("rowDots", { rows: [rows], at: [value(x), value(y), out], numbers: [x.columns] });
  },
  backward({ inputs: [x, y], rows }, { value, wants, overwrite, scratch, gradient, emit }) {
    // one kernel writes both; what nobody wants goes to a room of its own
    const spare = scratch("unwanted", capacityOf(rows) * x.columns);
    const both = (dx = spare, dy = spare): void =>
      emit("rowDotsBackward", {
        rows: [rows],
        at: [value(x), value(y), gradient, dx, dy],
        numbers: [x.columns],
      });
    if (wants(x) && wants(y)) overwrite(x, (dx) => overwrite(y, (dy) => both(dx, dy)));
    else if (wants(x)) overwrite(x, (dx) => both(dx));
    else if (wants(y)) overwrite(y, (dy) => both(undefined, dy));
  },
};
